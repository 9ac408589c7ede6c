import type { Enum, Message, NumberRange } from "../schema/index.js";
import { missingFrom } from "./ranges.js";

/** A part of a `reserved` statement that is not reserved any more. */
interface Freed {
  /** As `reserved` takes it: `2 to 5` or `"name"`. */
  readonly from: string;
  readonly to: "";
  /** The numbers of `from` that are free now; empty for a name. */
  readonly freed: readonly NumberRange[];
}

/** What a message or enum reserved and, wholly or in part, reserves no more. */
export function* diffReserved<E extends Message | Enum>(before: E, after: E): Generator<Freed> {
  for (const range of before.reservedRanges) {
    const freed = missingFrom(range, after.reservedRanges);
    if (freed.length > 0) yield { from: formatRange(range), to: "", freed };
  }
  for (const name of before.reservedNames)
    if (!after.reservedNames.includes(name)) yield { from: `"${name}"`, to: "", freed: [] };
}

/** As the source writes it. */
function formatRange({ start, end }: NumberRange): string {
  if (start === end) return `${start}`;
  return `${start} to ${end === MAX_FIELD_NUMBER || end === MAX_ENUM_NUMBER ? "max" : end}`;
}

const MAX_FIELD_NUMBER = 536_870_911;
const MAX_ENUM_NUMBER = 2_147_483_647;
