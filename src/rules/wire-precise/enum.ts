import type { ChangeOf } from "../../diff/index.js";
import type { Enum, EnumValue } from "../../schema/index.js";
import { describe } from "../describe.js";
import { placeOf } from "../place.js";
import { valueSource } from "../proto-source.js";
import type { Judgement, Rule } from "../rule.js";
import { steps } from "../steps.js";
import { precise } from "./aspect.js";
import { type Misread, misread } from "./misread.js";
import { suffering } from "./ways.js";

/**
 * Readers of a closed enum put a number that it lacks away among the unknown fields, so that the field seems unset.
 * @see https://protobuf.dev/programming-guides/enum/
 */
export const enumPreciseValues: Rule = {
  ...precise,
  id: "ENUM_PRECISE_VALUES",
  purpose: "Checks that readers of closed enums know every number that they are sent.",
  judge: {
    "enum-value-added": (change) => judgeAdded(change),
    "enum-value-removed": ({ before, parent }) =>
      parent.closed
        ? judge(`${describe(before)} left its closed enum`, parent, putAway(before.number), undefined, [
            "keep it",
            valueSource(before),
          ])
        : [],
    "features-changed": ({ before, after }) =>
      before.kind === "enum" && after.kind === "enum" ? judgeClosedness(before, after) : [],
  },
};

function judgeAdded({ after, parent }: ChangeOf<"enum-value-added">): readonly Judgement[] {
  // Another name for a number that was there is no new number.
  if (!parent?.closed || parent.values.some(({ number }) => number === after.number)) return [];
  return judge(`${describe(after)} joined a closed enum`, after, undefined, putAway(after.number), [
    "send it only once every reader knows it, or add it to another enum",
    valueSource(after),
  ]);
}

function judgeClosedness(before: Enum, after: Enum): readonly Judgement[] {
  if (before.closed === after.closed) return [];
  const lost = misread("put numbers that it does not declare away as unknown");
  const [newer, elder] = after.closed ? [lost, undefined] : [undefined, lost];
  return judge(`${describe(after)} is ${after.closed ? "closed" : "open"} now`, after, newer, elder, [
    "keep it",
    `option features.enum_type = ${before.features.enumType};`,
  ]);
}

function putAway(number: number): Misread {
  return misread(`put ${number} away as unknown`);
}

function judge(
  what: string,
  at: Enum | EnumValue,
  newer: Misread | undefined,
  elder: Misread | undefined,
  advice: readonly [what: string, source: string],
): readonly Judgement[] {
  const found = suffering(newer, elder);
  if (found === undefined) return [];
  return [
    {
      message: `${found.told}, since ${what}`,
      at: placeOf(at),
      breaks: found.breaks,
      suggestion: steps(advice),
    },
  ];
}
