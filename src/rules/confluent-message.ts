import type { ErrorLocation } from "../diagnostics/index.js";
import type { Message } from "../schema/index.js";
import { relativeName } from "./confluent-kind.js";
import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import { fieldSource, lifecycleSource } from "./proto-source.js";
import type { Rule, RuleContext } from "./rule.js";
import { steps } from "./steps.js";

export const confluentFileSamePackage: Rule = {
  id: "CONFLUENT_FILE_SAME_PACKAGE",
  purpose: "Checks that files keep their package.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["json", "source"],
  judge: {
    "file-package-changed": ({ before, after, from, to }) => [
      {
        message: `file ${after.fullName} changed its package from "${from}" to "${to}"`,
        at: placeOf(after, "package"),
        was: placeOf(before, "package"),
        suggestion: steps(["keep it", from === "" ? "no package statement" : `package ${from};`]),
      },
    ],
  },
};

export const confluentMessageNoDelete: Rule = {
  id: "CONFLUENT_MESSAGE_NO_DELETE",
  purpose: "Checks that no message is gone from all files.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["stored-data", "newer-readers", "json", "source"],
  judge: {
    "message-removed": ({ before }, context) =>
      before.mapEntry || goesAlong(before, context)
        ? []
        : [
            {
              message: `${describe(before)} is gone`,
              at: placeLeft(before, context),
              suggestion: steps(["mark it DEPRECATED and keep it", lifecycleSource(before, "DEPRECATED")]),
            },
          ],
  },
};

export const confluentMessageSameRequiredFields: Rule = {
  id: "CONFLUENT_MESSAGE_SAME_REQUIRED_FIELDS",
  purpose: "Checks that no field joins or leaves a message as required.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-removed": ({ before, parent }) =>
      before.cardinality === "required"
        ? [
            {
              message: `${describe(before)}, without which elder readers refuse a message, left`,
              at: placeOf(parent),
              suggestion: steps(["keep it", fieldSource(before)]),
            },
          ]
        : [],
    "field-added": ({ after, parent }) =>
      after.cardinality === "required" && parent !== undefined
        ? [
            {
              message: `${describe(after)}, which nobody sent before, is required`,
              at: placeOf(after),
              suggestion: steps(["make it optional", fieldSource({ ...after, cardinality: "explicit" })]),
            },
          ]
        : [],
  },
};

/** Whether a message left with the one around it, or followed its file into another package: then that is the finding. */
function goesAlong(before: Message, { after }: RuleContext): boolean {
  const { parent, file } = before;
  if (parent.kind === "message" && after.declared.get(parent.fullName)?.kind !== "message") return true;
  const scope = after.files.get(file.fullName)?.package ?? file.package;
  const moved = after.declared.get(scope === "" ? relativeName(before) : `${scope}.${relativeName(before)}`);
  return moved?.kind === "message" && moved.file.fullName === file.fullName;
}

/** The nearest message around it that is still there, else its file without a position, if that is. */
function placeLeft({ parent, file }: Message, { after }: RuleContext): ErrorLocation | undefined {
  const around = parent.kind === "message" ? after.declared.get(parent.fullName) : undefined;
  if (around?.kind === "message") return placeOf(around);
  return after.files.has(file.fullName) ? { path: file.fullName } : undefined;
}
