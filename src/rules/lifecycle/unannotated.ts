import type { Element } from "../../schema/index.js";
import { describe } from "../describe.js";
import { declare } from "../fixes/lifecycle.js";
import { lifecycleSteps } from "../lifecycle-steps.js";
import { placeOf } from "../place.js";
import type { Rule } from "../rule.js";
import { steps } from "../steps.js";

/** For teams that want every promise spelled out: `unannotated: require` in proto4.yaml. */
export const lifecycleUnannotated: Rule = {
  id: "LIFECYCLE_UNANNOTATED",
  purpose:
    "Checks that every element declares its lifecycle, or stands in something that does, where that is asked.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  inspect: (element, schema, { policy }) => {
    if (policy.unannotated === "infer" || !isReliedOn(element)) return [];
    if (element.lifecycle.source !== "inferred" || element.kind === "file") return [];
    return [
      {
        message: `${describe(element)} does not declare its lifecycle, and nothing around it does`,
        at: placeOf(element),
        suggestion: steps(
          ...lifecycleSteps("declare it", element, "STABLE"),
          ...lifecycleSteps("or for all beside it", element.parent, "STABLE"),
        ),
        ...declare(element, element.lifecycle.state, schema),
      },
    ];
  },
};

/** What people use: fields, values and methods. What holds them need not speak for itself. */
function isReliedOn(element: Element): boolean {
  if (element.kind === "field") return !(element.parent.kind === "message" && element.parent.mapEntry);
  return element.kind === "enum-value" || element.kind === "method";
}
