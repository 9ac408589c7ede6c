import type { NumberRange } from "../schema/index.js";
import { placeOf } from "./place.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

export const reservedMessageNoDelete: Rule = {
  id: "RESERVED_MESSAGE_NO_DELETE",
  purpose: "Checks that reserved numbers and names of a message stay reserved.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  judge: {
    "reserved-removed": ({ after, from, freed }) => [
      {
        message: `message ${after.fullName} no longer reserves ${from}${whichOf(from, freed)}`,
        at: placeOf(after),
        suggestion: steps(["keep it", `reserved ${from};`]),
      },
    ],
  },
};

function whichOf(from: string, freed: readonly NumberRange[]): string {
  const numbers = freed
    .map(({ start, end }) => (start === end ? `${start}` : `${start} to ${end}`))
    .join(", ");
  return numbers === "" || numbers === from ? "" : ` (now free: ${numbers})`;
}
