import { canonicalBytes, recode } from "./canonical-form.js";
import { toHex } from "./defaults.js";
import { partForm, withParts } from "./parts.js";
import type { Failure } from "./proof.js";
import { makeSample } from "./sample.js";
import { fieldsIn } from "./select-fields.js";
import type { Counterparts, Journey, Subject, Trial } from "./subject.js";

/** What the other side edits comes home as an edit; what it leaves is as it was, what only this side has included. */
export function checkEdit(subject: Subject, journey: Journey, trial: Trial): Failure | undefined {
  const trip = travel(subject, journey, trial);
  const { from, over } = journey;
  const hasChanged = changesOf(subject, over, trip);
  const form = (message: Uint8Array) => canonicalBytes(subject[from], message, subject);
  const home = { given: form(trial.bytes), wanted: form(trip.wanted), result: form(trip.result) };
  for (const each of subject.counterparts) {
    const { changed, seen } = hasChanged(each);
    const may = { mayBeGiven: !seen, mayBeWanted: changed || trial.edited.includes(each) };
    if (isRight(home, each, each[from], may)) continue;
    return {
      what: changed
        ? "a field that was edited comes home as another"
        : "a field that the edit left is not as it was",
      fields: namesOf(subject, from, each),
      there: makeSample(subject[over], trip.before, subject.registry),
      sent: makeSample(subject[over], trip.after, subject.registry),
      back: makeSample(subject[from], trip.result, subject.registry),
    };
  }
  return undefined;
}

/** What the other side has before and after its edit, what comes back, and what would of the edit alone. */
function travel({ translator, ...subject }: Subject, { over, there, back }: Journey, trial: Trial) {
  const before = translator[there](trial.bytes).value;
  const numbers = new Set(trial.edited.flatMap((each) => [...each[over]]));
  const after = withParts(subject[over], before, trial.edits, numbers);
  const result = translator[back](after, { stash: "trust" }).value;
  const wanted = translator[back](recode(subject[over], trial.edits)).value;
  return { before, after, result, wanted };
}

/** Whether an edit changed fields at all, and whether who reads their values to convert them sees it. */
function changesOf(
  subject: Subject,
  over: "v3" | "v4",
  { before, after }: { readonly before: Uint8Array; readonly after: Uint8Array },
) {
  const [one, other] = [before, after].map((bytes) => canonicalBytes(subject[over], bytes, subject));
  const [read, also] = [before, after].map((bytes) =>
    canonicalBytes(subject[over], bytes, { ...subject, seen: true }),
  );
  return (each: Counterparts) => {
    const changed = partForm(one!, each[over]) !== partForm(other!, each[over]);
    const seen = changed && (!each.converted || partForm(read!, each[over]) !== partForm(also!, each[over]));
    return { changed, seen };
  };
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
