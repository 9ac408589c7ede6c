import { fromObject, toObject } from "./convert/hook-object.js";
import type { Fields } from "./field-values.js";
import type { HookFields } from "./hook.js";
import { linkPlan } from "./link-plan.js";
import type { FieldPlan, Plan } from "./plan.js";

/** The fields that user code converts, as one generation has them: what proofs need to ask it themselves. */
export interface HookSide {
  /** What the code gets of a message. */
  read(message: Uint8Array): HookFields;
  /**
   * What is there of what the code gave once it was written and read again.
   * @throws TypeError where it does not fit the fields
   */
  settle(given: HookFields): HookFields;
}

/** @param fields of one hook, from a plan that holds the shapes of their maps */
export function hookSide(fields: readonly FieldPlan[], plan: Plan): HookSide {
  const { shapes } = linkPlan(plan);
  const byNumber: Fields = new Map(fields.map((field) => [field.number, field]));
  const read = (message: Uint8Array) => toObject(byNumber, message, shapes);
  return { read, settle: (given) => read(fromObject(byNumber, given, shapes)) };
}
