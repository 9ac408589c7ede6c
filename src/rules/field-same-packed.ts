import type { Field } from "../schema/index.js";
import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

/**
 * Parsers of protobuf 2.3 (2010) and later read both. What compares or signs bytes does not, nor do some small parsers.
 * @see https://protobuf.dev/programming-guides/encoding/#packed
 */
export const fieldSamePacked: Rule = {
  id: "FIELD_SAME_PACKED",
  purpose: "Checks that lists of numbers stay packed, or unpacked, on the wire.",
  severity: "info",
  categories: ["STRICT"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "features-changed": ({ before, after }) => {
      if (before.kind !== "field" || after.kind !== "field" || before.packed === after.packed) return [];
      if (!isPackable(before) || !isPackable(after)) return [];
      return [
        {
          message: `${describe(after)} went from ${wordOf(before)} to ${wordOf(after)}: parsers that read only one of both misread it`,
          at: placeOf(after),
          suggestion: steps(["keep it", optionSource(before, after)]),
        },
      ];
    },
  },
};

function isPackable({ cardinality, type }: Field): boolean {
  return cardinality === "repeated" && !unpackable.has(type);
}

const unpackable: ReadonlySet<Field["type"]> = new Set(["string", "bytes", "message", "group"]);

function wordOf({ packed }: Field): string {
  return packed ? "packed" : "expanded";
}

/** Editions have a feature in place of the option. */
function optionSource(before: Field, after: Field): string {
  if (after.file.syntax !== "editions") return `[packed = ${before.packed}]`;
  return `[features.repeated_field_encoding = ${wordOf(before).toUpperCase()}]`;
}
