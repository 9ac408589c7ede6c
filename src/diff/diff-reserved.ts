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
  const greatest = before.kind === "enum" ? GREATEST_VALUE : GREATEST_FIELD;
  yield* diffRanges(before.reservedRanges, after.reservedRanges, greatest);
  for (const name of before.reservedNames)
    if (!after.reservedNames.includes(name)) yield { from: `"${name}"`, to: "", freed: [] };
}

/** What a message or enum reserves and did not before: `2 to 5`, `"name"`. */
export function newlyReserved(before: Message | Enum, after: Message | Enum): readonly string[] {
  const greatest = after.kind === "enum" ? GREATEST_VALUE : GREATEST_FIELD;
  const names = after.reservedNames.filter((name) => !before.reservedNames.includes(name));
  return [
    ...newIn(before.reservedRanges, after.reservedRanges, greatest),
    ...names.sort().map((name) => `"${name}"`),
  ];
}

/** The numbers that a message gives to extensions and did not before. */
export function newlyOpened(before: Message, after: Message): readonly string[] {
  const greatest = after.messageSet ? GREATEST_IN_SET : GREATEST_FIELD;
  return newIn(before.extensionRanges, after.extensionRanges, greatest);
}

/** The extensions that a message took and, wholly or in part, takes no more. */
export function* diffExtensionRanges(before: Message, after: Message): Generator<Freed> {
  const greatest = before.messageSet ? GREATEST_IN_SET : GREATEST_FIELD;
  yield* diffRanges(before.extensionRanges, after.extensionRanges, greatest);
}

/** The ranges of before that are not covered any more, however they are cut. */
function* diffRanges(
  before: readonly NumberRange[],
  after: readonly NumberRange[],
  greatest: number,
): Generator<Freed> {
  for (const range of before) {
    const freed = missingFrom(range, after);
    if (freed.length > 0) yield { from: formatRange(range, greatest), to: "", freed };
  }
}

/** The parts of the ranges of after that those of before did not cover, in ascending order. */
function newIn(
  before: readonly NumberRange[],
  after: readonly NumberRange[],
  greatest: number,
): readonly string[] {
  return after
    .toSorted((a, b) => a.start - b.start)
    .flatMap((range) => missingFrom(range, before))
    .map((part) => formatRange(part, greatest));
}

/** As the source writes it. */
function formatRange({ start, end }: NumberRange, greatest: number): string {
  return start === end ? `${start}` : `${start} to ${end === greatest ? "max" : end}`;
}

const GREATEST_FIELD = 536_870_911;
const GREATEST_VALUE = 2_147_483_647;
/** Of the extensions of a MessageSet. */
const GREATEST_IN_SET = 2_147_483_646;
