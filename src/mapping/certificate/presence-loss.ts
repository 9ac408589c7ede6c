import type { Cardinality } from "../../schema/index.js";

/**
 * What a field of one label cannot say of one of another.
 * @returns `undefined` where it says all
 */
export function presenceLoss(from: Cardinality, to: Cardinality): string | undefined {
  if (from === to) return undefined;
  if (from === "repeated" || from === "map")
    return to === "implicit" ? "all values but the first, and a single zero" : "all values but the first";
  if (to === "required") return "an unset value, which reads as set to zero";
  return from === "explicit" && to === "implicit" ? "a zero that is set, which reads as unset" : undefined;
}
