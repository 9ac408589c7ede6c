import { type Element, fileOf } from "../../schema/index.js";
import { describe } from "../describe.js";
import { option } from "../fixes/lifecycle.js";
import { lifecycleSteps } from "../lifecycle-steps.js";
import { placeOf } from "../place.js";
import { declaredState } from "../promise.js";
import type { Rule } from "../rule.js";
import { steps } from "../steps.js";

/** proto4's annotation is proto4's; `deprecated = true` is what every compiler shows to those who still use it. */
export const lifecycleDeprecatedOption: Rule = {
  id: "LIFECYCLE_DEPRECATED_OPTION",
  purpose: "Checks that what is DEPRECATED says deprecated = true as well, for the stubs of every language.",
  severity: "warning",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  inspect: (element) => {
    if (!isMarked(element) || element.deprecated) return [];
    return [
      {
        message: `${describe(element)} is DEPRECATED, but does not say deprecated = true`,
        at: placeOf(element),
        suggestion: steps(...lifecycleSteps("say both", element, "DEPRECATED")),
        fixes: [option(element, "deprecated", "true")],
      },
    ];
  },
};

/**
 * Whoever is told to stop using something is told why, or what to use instead.
 * @see https://google.aip.dev/192#deprecations
 */
export const lifecycleReason: Rule = {
  id: "LIFECYCLE_REASON",
  purpose: "Checks that what is DEPRECATED says why, or what to use instead, in its terms or its comment.",
  severity: "warning",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  inspect: (element) => {
    const { reason, replacedBy } = element.lifecycle.terms;
    if (!isMarked(element) || reason !== undefined || replacedBy !== undefined || tells(element)) return [];
    return [
      {
        message: `${describe(element)} is DEPRECATED without a reason or a replacement`,
        at: placeOf(element),
        suggestion: [
          'write a comment above it, "Deprecated: use … instead.", or reason or replaced_by in its terms',
        ],
      },
    ];
  },
};

/** What inherits its state is explained where the state is declared. */
function isMarked(element: Element): boolean {
  return element.lifecycle.source === "own" && declaredState(element) === "DEPRECATED";
}

/** Whether the comment above says more of it than the word. */
function tells(element: Element): boolean {
  const comment = fileOf(element).sourceInfo.leadingComment(element.path) ?? "";
  return /(^|\n)\s*(@deprecated|deprecated:)\s*\S/i.test(comment);
}
