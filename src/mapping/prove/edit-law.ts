import { canonicalBytes, recode } from "./canonical-form.js";
import { toHex } from "./defaults.js";
import { partForm, withParts } from "./parts.js";
import type { Failure } from "./proof.js";
import { makeSample } from "./sample.js";
import { fieldsIn } from "./select-fields.js";
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
  const looks = (message: Uint8Array) =>
    canonicalBytes(subject[over], message, { ...subject, minusZero: "absent" });
  const [formBefore, formAfter] = [form(over, before), form(over, after)];
  const home = { given: form(from, bytes), wanted: form(from, wanted), result: form(from, result) };
  for (const each of subject.counterparts) {
    const isLeft = partForm(formBefore, each[over]) === partForm(formAfter, each[over]);
    const looksLeft = partForm(looks(before), each[over]) === partForm(looks(after), each[over]);
    const mayBeWanted = !isLeft || edited.includes(each);
    if (isRight(home, each, each[from], { mayBeGiven: looksLeft, mayBeWanted })) continue;
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

/** What came home, with what set out and what the edit alone would be, in canonical form. */
interface Home {
  readonly given: Uint8Array;
  readonly wanted: Uint8Array;
  readonly result: Uint8Array;
}

function isRight(
  { given, wanted, result }: Home,
  { byEntry }: Counterparts,
  numbers: ReadonlySet<number>,
  { mayBeGiven, mayBeWanted }: { readonly mayBeGiven: boolean; readonly mayBeWanted: boolean },
): boolean {
  const came = partForm(result, numbers);
  if (mayBeGiven && came === partForm(given, numbers)) return true;
  // What is exchanged for one that looks the same, without what the stash in it knew, comes home as either.
  if (mayBeWanted && came === partForm(wanted, numbers)) return true;
  return byEntry && !mayBeGiven && isUnion(given, wanted, result, numbers);
}

/** Entries that the other side could not see are left where it edits others. */
function isUnion(
  given: Uint8Array,
  wanted: Uint8Array,
  result: Uint8Array,
  numbers: ReadonlySet<number>,
): boolean {
  const entriesOf = (bytes: Uint8Array) =>
    new Set(fieldsIn(bytes, (number) => numbers.has(number)).map(toHex));
  const [before, edit, after] = [given, wanted, result].map(entriesOf);
  return (
    [...edit!].every((entry) => after!.has(entry)) &&
    [...after!].every((entry) => edit!.has(entry) || before!.has(entry))
  );
}

function namesOf(subject: Subject, side: "v3" | "v4", counterparts: Counterparts): readonly string[] {
  return subject[side].fields.filter(({ number }) => counterparts[side].has(number)).map(({ name }) => name);
}
