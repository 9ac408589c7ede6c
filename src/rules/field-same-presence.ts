import type { Cardinality } from "../schema/index.js";
import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import { keptSource } from "./proto-source.js";
import type { Audience, Rule } from "./rule.js";
import { steps } from "./steps.js";

/** The wire tells no presence, so its categories let a field gain or lose it; what absence means changes all the same. */
export const fieldSamePresence: Rule = {
  id: "FIELD_SAME_PRESENCE",
  purpose: "Checks that fields keep telling, or not telling, an unset value from a zero.",
  severity: "error",
  categories: ["STRICT"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "source"],
  saidBy: ["FIELD_SAME_CARDINALITY"],
  judge: {
    "field-cardinality-changed": ({ before, after, from, to }) => {
      const [was, is] = [words[from as Cardinality], words[to as Cardinality]];
      if (was === undefined || is === undefined) return [];
      const common = {
        message: `${describe(after)} went from ${was} to ${is}: ${effectOf(from, to)}`,
        at: placeOf(after),
        suggestion: steps(["keep it as it was", keptSource(before, after)]),
      };
      if (from === "required" || to === "required") return [{ ...common, saidBy: saidOfRequired }];
      return [
        {
          ...common,
          atMost: "warning",
          breaks: to === "explicit" ? gaining : losing,
          // Whatever is in a oneof has presence.
          saidBy: before.oneof?.name === after.oneof?.name ? [] : ["FIELD_SAME_ONEOF"],
        },
      ];
    },
  },
};

function effectOf(from: string, to: string): string {
  if (to === "required") return "readers refuse a message without it";
  if (from === "required") return "readers of before refuse a message without it";
  return to === "explicit" ? "a zero sent before reads as unset" : "a zero is no longer sent";
}

/** Lists and maps have none. */
const words: Readonly<Partial<Record<Cardinality, string>>> = {
  implicit: "implicit presence",
  explicit: "explicit presence",
  required: "required",
};

const gaining: readonly Audience[] = ["stored-data", "newer-readers", "source"];
const losing: readonly Audience[] = ["stored-data", "elder-readers", "newer-readers", "json", "source"];

const saidOfRequired = ["FIELD_WIRE_COMPATIBLE_CARDINALITY", "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY"];
