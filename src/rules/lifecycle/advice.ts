import { type Element, fileOf, type Schema } from "../../schema/index.js";
import { describe } from "../describe.js";
import { setTerm } from "../fixes/lifecycle.js";
import { lifecycleSteps } from "../lifecycle-steps.js";
import { placeOf } from "../place.js";
import { declaredState } from "../promise.js";
import type { Judgement, Rule } from "../rule.js";
import { steps } from "../steps.js";

/** What a careful reviewer would add: nothing is wrong, but it could say more to those who read it, and to proto4. */
export const lifecycleAdvice: Rule = {
  id: "LIFECYCLE_ADVICE",
  purpose:
    "Tells what would make a deprecation more useful: a sunset, and a replacement that programs understand.",
  severity: "info",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  inspect: (element, schema) => {
    if (element.lifecycle.source !== "own" || declaredState(element) !== "DEPRECATED") return [];
    return [...withoutSunset(element), ...replacedInWords(element, schema)];
  },
};

function withoutSunset(element: Element): readonly Judgement[] {
  const { sunset, malformed } = element.lifecycle.terms;
  if (element.kind === "file" || sunset !== undefined || malformed !== undefined) return [];
  return [
    {
      message: `${describe(element)} is DEPRECATED without a sunset, and so may never leave`,
      at: placeOf(element),
      suggestion: steps(...lifecycleSteps("say till when", element, "DEPRECATED", "yyyy-mm-dd")),
      offence: "sunset",
      unfixable: "a last day is a promise, which only its author can make",
    },
  ];
}

/** A comment sends people to a field; translators go by the terms. */
function replacedInWords(element: Element, schema: Schema): readonly Judgement[] {
  if (element.kind !== "field" || element.parent.kind === "file") return [];
  if (element.lifecycle.terms.replacedBy !== undefined) return [];
  const comment = fileOf(element).sourceInfo.leadingComment(element.path) ?? "";
  const words = new Set(comment.match(/\b[a-z]\w*\b/g));
  const named = element.parent.fields.find((field) => field !== element && words.has(field.name));
  if (named === undefined || !/\b(replaced|use|instead|see|moved)\b/i.test(comment)) return [];
  return [
    {
      message: `the comment of ${describe(element)} sends people to ${named.name}, but its terms do not say so`,
      at: placeOf(element),
      suggestion: steps([
        "say it to programs, too",
        `(proto4.field_terms).replaced_by = ${JSON.stringify(named.name)}`,
      ]),
      offence: "replaced_by",
      fixes: setTerm(element, "replaced_by", named.name, schema).fixes ?? [],
    },
  ];
}
