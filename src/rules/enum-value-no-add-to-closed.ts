import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import type { Rule } from "./rule.js";

/**
 * A reader of a closed enum takes a number that it does not know for no value at all. The enum before decides: it is
 * what elder readers were built with.
 * @see https://protobuf.dev/programming-guides/enum/
 */
export const enumValueNoAddToClosed: Rule = {
  id: "ENUM_VALUE_NO_ADD_TO_CLOSED",
  purpose: "Checks that no number joins a closed enum, which elder readers would not see in its field.",
  severity: "warning",
  categories: ["STRICT"],
  breaks: ["elder-readers"],
  judge: {
    "enum-value-added": ({ after, parent }) => {
      const isKnown = parent?.values.some(({ number }) => number === after.number) ?? true;
      if (isKnown || parent?.closed !== true) return [];
      return [
        {
          message: `${describe(after)} joined a closed enum: elder readers find its field unset`,
          at: placeOf(after),
          suggestion: ["let every reader be built with it before anybody sends it"],
        },
      ];
    },
  },
};
