import type { ErrorLocation } from "../../diagnostics/index.js";
import type { Message } from "../../schema/index.js";
import { describe } from "../describe.js";
import { makeOptional } from "../fixes/keep-field.js";
import { lifecycleSteps } from "../lifecycle-steps.js";
import { placeOf } from "../place.js";
import { fieldSource, keptSource } from "../proto-source.js";
import type { Rule, RuleContext } from "../rule.js";
import { steps } from "../steps.js";
import { relativeName } from "./kind.js";

export const confluentFileSamePackage: Rule = {
  id: "CONFLUENT_FILE_SAME_PACKAGE",
  purpose: "Checks that files keep their package.",
  severity: "error",
  categories: ["CONFLUENT"],
  breaks: ["json", "source"],
  judge: {
    "file-package-changed": ({ before, after, from, to }) =>
      before.isImport
        ? []
        : [
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
      before.mapEntry || isForeign(before) || goesAlong(before, context)
        ? []
        : [
            {
              message: `${describe(before)} is gone`,
              at: placeLeft(before, context),
              suggestion: steps(...lifecycleSteps("mark it DEPRECATED and keep it", before, "DEPRECATED")),
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
              suggestion: steps(["keep it", keptSource(before, parent)]),
            },
          ]
        : [],
    "field-added": ({ after, parent }, context) =>
      after.cardinality === "required" && parent !== undefined
        ? [
            {
              message: `${describe(after)}, which nobody sent before, is required`,
              at: placeOf(after),
              suggestion: steps(["make it optional", fieldSource({ ...after, cardinality: "explicit" })]),
              ...makeOptional(after, context),
            },
          ]
        : [],
  },
};

/**
 * What is only imported is no schema of ours, and leaves the image with the last one that imports it. Whoever has a
 * field of such a message is judged by it.
 */
function isForeign({ parent }: Message): boolean {
  return parent.kind === "file" && parent.isImport;
}

/** Whether a message left with the one around it, or followed its file into another package: then that is the finding. */
function goesAlong(before: Message, context: RuleContext): boolean {
  const { parent } = before;
  const isAlone = parent.kind === "file" || successorOf(parent, context) !== undefined;
  return !isAlone || successorOf(before, context) !== undefined;
}

/** The message of its name, or of its name within the package where its file has another one now. */
function successorOf(before: Message, { after }: RuleContext): Message | undefined {
  const scope = after.files.get(before.file.fullName)?.package ?? before.file.package;
  const moved = scope === "" ? relativeName(before) : `${scope}.${relativeName(before)}`;
  const found = [before.fullName, moved].map((fullName) => after.declared.get(fullName));
  return found.find((declared): declared is Message => declared?.kind === "message");
}

/** The nearest message around it that is still there, else its file without a position, if that is. */
function placeLeft({ parent, file }: Message, context: RuleContext): ErrorLocation | undefined {
  const around = parent.kind === "message" ? successorOf(parent, context) : undefined;
  if (around !== undefined) return placeOf(around);
  return context.after.files.has(file.fullName) ? { path: file.fullName } : undefined;
}
