import type { ChangeOf } from "../diff/index.js";
import { describe } from "./describe.js";
import { placeOfPart } from "./place.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

export const fieldSameDefault: Rule = {
  id: "FIELD_SAME_DEFAULT",
  purpose: "Checks that fields keep their default, which of an enum may be its first value.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-default-changed": (change) => [
      {
        message: `${describe(change.after)} changed its default from ${change.from} to ${change.to}`,
        at: placeOfPart(change.after, "default"),
        suggestion: steps(keep(change)),
      },
    ],
  },
};

function keep({ before, from }: ChangeOf<"field-default-changed">): readonly [string, string] {
  if (before.defaultValue !== undefined) return ["keep it", `[default = ${from}]`];
  return before.type === "enum"
    ? ["declare it, or keep the enum's first value", `[default = ${from}]`]
    : ["keep it", "no default"];
}
