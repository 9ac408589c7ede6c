import type { Field, Message } from "../../schema/index.js";
import { describe } from "../describe.js";
import { placeOf } from "../place.js";
import { keptSource, oneofSource } from "../proto-source.js";
import type { Rule } from "../rule.js";
import { steps } from "../steps.js";

export const confluentOneofFieldNoDelete: Rule = {
  id: "CONFLUENT_ONEOF_FIELD_NO_DELETE",
  purpose: "Checks that a oneof that stays keeps its fields, as Confluent's registry asks.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-removed": ({ before, parent }) =>
      leavesOneof(before, parent)
        ? [
            {
              message: `${describe(before)} left its oneof "${before.oneof?.name}"`,
              at: placeOf(parent),
              suggestion: steps(["keep it there", oneofSource(before.oneof?.name ?? "", [before], parent)]),
            },
          ]
        : [],
  },
};

export const confluentFieldSameOneof: Rule = {
  id: "CONFLUENT_FIELD_SAME_ONEOF",
  purpose: "Checks that fields that could be set together are not put into one oneof.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-oneof-changed": ({ before, after, to }) =>
      before.parent.kind === "message" && joinsOthers(after, before.parent)
        ? [
            {
              message: `${describe(after)} now excludes what could be set beside it: it moved into oneof "${to}"`,
              at: placeOf(after),
              suggestion:
                before.oneof === undefined
                  ? steps(["keep it outside", keptSource(before, after)])
                  : steps(["keep it there", oneofSource(before.oneof.name, [before], after)]),
            },
          ]
        : [],
  },
};

/** Whether a field that left its message belonged to a oneof that is still there. */
export function leavesOneof({ oneof }: Field, after: Message): boolean {
  return oneof !== undefined && after.oneofs.some(({ name }) => name === oneof.name);
}

/**
 * Whether a field that was there before is in a oneof now that it was not in, with others that it could be set
 * beside. A oneof under another name is the same one, as long as nothing joins it: its fields were alternatives.
 */
export function joinsOthers({ number, oneof }: Field, before: Message): boolean {
  if (oneof === undefined) return false;
  const members = oneof.fields.filter((field) => before.fieldByNumber.has(field.number));
  const cameFrom = (field: number) => before.fieldByNumber.get(field)?.oneof?.name;
  if (before.oneofs.some(({ name }) => name === oneof.name)) return cameFrom(number) !== oneof.name;
  const host = members.map((member) => cameFrom(member.number)).find((name) => name !== undefined);
  return members.length > 1 && (host === undefined || cameFrom(number) !== host);
}
