import type { Change, ChangeKind } from "../../diff/index.js";
import type { Phrase } from "./phrase.js";
import type { SemverStep } from "./semver-step.js";
import { fieldTellings } from "./tell-fields.js";
import { fileTellings } from "./tell-files.js";
import { promiseTellings } from "./tell-promise.js";
import { translationTellings } from "./tell-translation.js";
import { typeTellings } from "./tell-types.js";
import type { Telling, Tellings } from "./telling.js";

/**
 * Every kind of change there is, and none twice: the type sees to that. Of several changes of one element, those of
 * the earlier kind stand first.
 */
const tellings: Tellings<ChangeKind> = {
  ...fileTellings,
  ...typeTellings,
  ...fieldTellings,
  ...promiseTellings,
  ...translationTellings,
};

const order = Object.keys(tellings);

/** What happened to the element of a change, as what follows its name. */
export function tellChange(change: Change): Phrase {
  return tellingOf(change).tell(change);
}

/** What a change asks for where no finding says that it breaks somebody. */
export function ownStep(change: Change): SemverStep {
  const { step } = tellingOf(change);
  return typeof step === "function" ? step(change) : step;
}

export function kindOrder({ kind }: Change): number {
  return order.indexOf(kind);
}

/** The key and the parameter agree by the type of `Tellings`, which an index by a union cannot express. */
function tellingOf(change: Change) {
  return tellings[change.kind] as unknown as Telling<ChangeKind>;
}
