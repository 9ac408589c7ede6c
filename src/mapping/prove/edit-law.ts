import { canonicalBytes, recode } from "./canonical-form.js";
import { partForm, withParts } from "./parts.js";
import type { Failure } from "./proof.js";
import { makeSample } from "./sample.js";
import type { Counterparts, Journey, Subject, Trial } from "./subject.js";

/** What the other side edits comes home as an edit; what it leaves is as it was, what only this side has included. */
export function checkEdit(subject: Subject, journey: Journey, trial: Trial): Failure | undefined {
  const { translator, registry } = subject;
  const { from, over, there, back } = journey;
  const { bytes, edits, edited } = trial;
  const before = translator[there](bytes).value;
  const numbers = new Set(edited.flatMap((each) => [...each[over]]));
  const after = withParts(subject[over], before, edits, numbers);
  const result = translator[back](after, { stash: "trust" }).value;
  const wanted = translator[back](recode(subject[over], edits)).value;
  const form = (side: "v3" | "v4", message: Uint8Array) => canonicalBytes(subject[side], message, subject);
  const [formBefore, formAfter] = [form(over, before), form(over, after)];
  const [formBytes, formWanted, formResult] = [form(from, bytes), form(from, wanted), form(from, result)];
  for (const each of subject.counterparts) {
    const isLeft = partForm(formBefore, each[over]) === partForm(formAfter, each[over]);
    // Exchanged for one that looks the same, without what the stash in it knew: either is right.
    const right = [...(isLeft ? [formBytes] : []), ...(!isLeft || edited.includes(each) ? [formWanted] : [])];
    const came = partForm(formResult, each[from]);
    if (right.some((form) => partForm(form, each[from]) === came)) continue;
    return {
      what: isLeft
        ? "a field that the edit left is not as it was"
        : "a field that was edited comes home as another",
      fields: namesOf(subject, from, each),
      there: makeSample(subject[over], before, registry),
      sent: makeSample(subject[over], after, registry),
      back: makeSample(subject[from], result, registry),
    };
  }
  return undefined;
}

function namesOf(subject: Subject, side: "v3" | "v4", counterparts: Counterparts): readonly string[] {
  return subject[side].fields.filter(({ number }) => counterparts[side].has(number)).map(({ name }) => name);
}
