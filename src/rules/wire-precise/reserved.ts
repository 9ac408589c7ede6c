import { type ChangeOf, missingFrom } from "../../diff/index.js";
import type { NumberRange } from "../../schema/index.js";
import { describe } from "../describe.js";
import { reserve } from "../fixes/keep-reserved.js";
import { nowFree } from "../now-free.js";
import { placeOf } from "../place.js";
import type { Judgement, Rule } from "../rule.js";
import { steps } from "../steps.js";
import { precise } from "./aspect.js";

/** Names are nothing to the wire, and of numbers that took extensions only those count that nobody reserves. */
export const reservedPreciseNumbers: Rule = {
  ...precise,
  id: "RESERVED_PRECISE_NUMBERS",
  purpose:
    "Checks that numbers that were reserved, or given to extensions, are not free to be used otherwise.",
  judge: {
    "reserved-removed": (change) => judge(change, change.freed, "reserves"),
    "enum-reserved-removed": (change) => judge(change, change.freed, "reserves"),
    "extension-range-removed": (change) =>
      judge(
        change,
        change.freed.flatMap((range) => missingFrom(range, change.after.reservedRanges)),
        "gives to extensions",
      ),
  },
};

type Removal = ChangeOf<"reserved-removed" | "enum-reserved-removed" | "extension-range-removed">;

function judge({ after, from }: Removal, free: readonly NumberRange[], verb: string): readonly Judgement[] {
  if (free.length === 0) return [];
  return [
    {
      message: `${describe(after)} no longer ${verb} ${from}${nowFree(from, free)}`,
      at: placeOf(after),
      offence: nowFree(from, free),
      ...reserve(after, free, []),
      suggestion: steps([
        verb === "reserves" ? "keep it" : "reserve what nobody declares",
        `reserved ${from};`,
      ]),
    },
  ];
}
