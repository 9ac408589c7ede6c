import type { Field, Message } from "../../schema/index.js";
import { describe } from "../describe.js";
import { makeOptional } from "../fixes/keep-field.js";
import { fieldSource, keptSource } from "../proto-source.js";
import type { Judgement, Rule } from "../rule.js";
import { steps } from "../steps.js";
import { judgeAspect, precise } from "./aspect.js";
import { misreadRequired } from "./label.js";
import { suffering } from "./ways.js";

/** Unlike MESSAGE_SAME_REQUIRED_FIELDS it counts the feature of editions, too, and tells who refuses. */
export const fieldPreciseRequired: Rule = {
  ...precise,
  id: "FIELD_PRECISE_REQUIRED",
  purpose: "Checks that nobody asks for a field that others may leave out.",
  judge: {
    "field-cardinality-changed": (change, context) => judgeAspect(change, context, "label", misreadRequired),
    // In a message that is new itself, nobody left it out.
    "field-added": ({ after, parent }, context) =>
      parent?.kind === "message" && after.extendee === undefined
        ? judgeRequired(after, true, parent).map((found) => ({ ...found, ...makeOptional(after, context) }))
        : [],
    "field-removed": ({ before, parent }) => judgeRequired(before, false, parent),
  },
};

function judgeRequired(field: Field, isNew: boolean, parent: Message): readonly Judgement[] {
  const refused = misreadRequired(undefined, field);
  const found = isNew ? suffering(refused, undefined) : suffering(undefined, refused);
  if (found === undefined) return [];
  const what = isNew ? "is new and required" : "was required and is gone";
  const optional = fieldSource({ ...field, cardinality: "explicit" });
  return [
    {
      message: `${found.told}, since ${describe(field)} ${what}`,
      breaks: found.breaks,
      suggestion: steps(isNew ? ["make it optional", optional] : ["keep it", keptSource(field, parent)]),
    },
  ];
}
