import { canonicalBytes, recode } from "./canonical-form.js";
import { toHex } from "./defaults.js";
import { checkEdit } from "./edit-law.js";
import { checkHooks } from "./hook-law.js";
import { checkObject } from "./object-law.js";
import { differingFields } from "./parts.js";
import type { Failure, Law } from "./proof.js";
import { makeSample } from "./sample.js";
import type { Journey, Subject, Trial } from "./subject.js";

/** A law that does not hold. */
export type Breach = Failure & { readonly law: Law };

/** The first law that does not hold for a message, and how. */
export function findBreach(subject: Subject, journey: Journey, trial: Trial): Breach | undefined {
  const isWhole =
    isComplete(subject, journey.from, trial.bytes) && isComplete(subject, journey.over, trial.edits);
  if (!isWhole) return undefined;
  for (const law of Object.keys(laws) as Law[]) {
    const failure = attempt(() => laws[law](subject, journey, trial));
    if (failure !== undefined) return { ...failure, law };
  }
  return undefined;
}

/** A message without a required field, somewhere in it, is none that a stub of its own side would write. */
function isComplete(subject: Subject, side: "v3" | "v4", bytes: Uint8Array): boolean {
  try {
    canonicalBytes(subject[side], recode(subject[side], bytes), subject);
    return true;
  } catch (error) {
    // Any other fault is for the laws to tell.
    return !(error instanceof Error && error.message.includes("required field not set"));
  }
}

type Check = (subject: Subject, journey: Journey, trial: Trial) => Failure | undefined;

const laws: Readonly<Record<Law, Check>> = {
  // First: what user code does wrong is told better by itself than by what comes of it.
  hook: checkHooks,
  direct: checkDirect,
  stub: checkStub,
  edit: checkEdit,
  object: checkObject,
};

/** What is thrown is a breach like any other: the messages are such as every parser reads. */
function attempt(check: () => Failure | undefined): Failure | undefined {
  try {
    return check();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { what: `this message is refused: ${message}`, fields: [] };
  }
}

function checkDirect(subject: Subject, { there, back, from, over }: Journey, { bytes }: Trial) {
  const { translator, contract, registry } = subject;
  const sent = translator[there](bytes);
  const returned = translator[back](sent.value, { stash: "trust" });
  const isSame = contract !== "BYTES" || toHex(bytes) === toHex(returned.value);
  if (!isSame || !isSameMessage(subject, from, bytes, returned.value))
    return anotherMessage(subject, { from, over }, bytes, sent.value, returned.value);
  const lost = [...sent.lost, ...returned.lost];
  if (lost.length === 0) return undefined;
  return {
    what: `nobody edited it, yet it is told as lost: ${lost.map(({ reason }) => reason).join(", ")}`,
    fields: lost.map(({ path }) => path),
    there: makeSample(subject[over], sent.value, registry),
  };
}

/** Where stubs read and write it on both sides, bytes are the stubs' own. */
function checkStub(subject: Subject, { there, back, from, over }: Journey, { bytes }: Trial) {
  const { translator } = subject;
  const sent = recode(subject[over], translator[there](recode(subject[from], bytes)).value);
  const returned = recode(subject[from], translator[back](sent, { stash: "trust" }).value);
  if (isSameMessage(subject, from, bytes, returned)) return undefined;
  return anotherMessage(subject, { from, over }, bytes, sent, returned);
}

function isSameMessage(subject: Subject, side: "v3" | "v4", one: Uint8Array, other: Uint8Array): boolean {
  const [form, also] = [one, other].map((bytes) => toHex(canonicalBytes(subject[side], bytes, subject)));
  return form === also;
}

function anotherMessage(
  subject: Subject,
  { from, over }: Pick<Journey, "from" | "over">,
  bytes: Uint8Array,
  there: Uint8Array,
  back: Uint8Array,
): Failure {
  const [form, also] = [bytes, back].map((each) => canonicalBytes(subject[from], each, subject));
  const fields = differingFields(subject[from], form!, also!);
  return {
    what: fields.length === 0 ? "the bytes that come back are others" : "what comes back is another message",
    fields,
    there: makeSample(subject[over], there, subject.registry),
    back: makeSample(subject[from], back, subject.registry),
  };
}
