import type { Element } from "../schema/index.js";
import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import { lifecycleSource } from "./proto-source.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

/** For teams that want every promise spelled out: `unannotated: require` in proto4.yaml. */
export const lifecycleUnannotated: Rule = {
  id: "LIFECYCLE_UNANNOTATED",
  purpose:
    "Checks that every element declares its lifecycle, or stands in something that does, where that is asked.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  inspect: (element, _, { policy }) => {
    if (policy.unannotated === "infer") return [];
    const silent = membersOf(element).filter(({ lifecycle }) => lifecycle.source === "inferred");
    if (silent.length === 0) return [];
    const names = silent.map(({ name }) => name).join(", ");
    return [
      {
        message: `${describe(element)} does not say what it promises of ${names}`,
        at: placeOf(element),
        suggestion: steps(
          ["declare it for all that is in it", lifecycleSource(element, "STABLE")],
          ["or for each", lifecycleSource(silent[0]!, "STABLE")],
        ),
        offence: names,
      },
    ];
  },
};

/** What people rely on: the fields of a message, the values of an enum, the methods of a service. */
function membersOf(element: Element): readonly Element[] {
  if (element.kind === "message") return element.mapEntry ? [] : element.fields;
  if (element.kind === "enum") return element.values;
  if (element.kind === "service") return element.methods;
  return element.kind === "file" ? element.extensions : [];
}
