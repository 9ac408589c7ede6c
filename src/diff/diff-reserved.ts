import type { Enum, Message, NumberRange } from "../schema/index.js";
import { missingFrom } from "./ranges.js";

/** A part of a `reserved` or `extensions` statement that does not hold any more. */
interface Freed {
  /** As the statement has it: `2 to 5` or `"name"`. */
  readonly from: string;
  readonly to: "";
  /** The numbers of `from` that are free now; empty for a name. */
  readonly freed: readonly NumberRange[];
}

/** What a message or enum reserved and, wholly or in part, reserves no more. */
export function* diffReserved<E extends Message | Enum>(before: E, after: E): Generator<Freed> {
  yield* diffRanges(before.reservedRanges, after.reservedRanges);
  for (const name of before.reservedNames)
    if (!after.reservedNames.includes(name)) yield { from: `"${name}"`, to: "", freed: [] };
}

/** The ranges of before that are not covered any more, however they are cut. */
export function* diffRanges(before: readonly NumberRange[], after: readonly NumberRange[]): Generator<Freed> {
  for (const range of before) {
    const freed = missingFrom(range, after);
    if (freed.length > 0) yield { from: formatRange(range), to: "", freed };
  }
}

/** As the source writes it. */
function formatRange({ start, end }: NumberRange): string {
  if (start === end) return `${start}`;
  return `${start} to ${end === MAX_FIELD_NUMBER || end === MAX_ENUM_NUMBER ? "max" : end}`;
}

const MAX_FIELD_NUMBER = 536_870_911;
const MAX_ENUM_NUMBER = 2_147_483_647;
