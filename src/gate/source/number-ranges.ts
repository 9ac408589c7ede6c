import type { NumberRange } from "../../schema/index.js";

/** In order, and with those united that touch each other. */
export function mergeRanges(ranges: readonly NumberRange[]): readonly NumberRange[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last !== undefined && start <= last.end + 1) last.end = Math.max(last.end, end);
    else merged.push({ start, end });
  }
  return merged;
}

/** What of `ranges` is in none of `others`. */
export function withoutRanges(
  ranges: readonly NumberRange[],
  others: readonly NumberRange[],
): readonly NumberRange[] {
  return mergeRanges(others).reduce(
    (left, hole) => left.flatMap((range) => pierce(range, hole)),
    ranges as readonly NumberRange[],
  );
}

function pierce(range: NumberRange, hole: NumberRange): readonly NumberRange[] {
  if (hole.end < range.start || range.end < hole.start) return [range];
  const sides = [
    { start: range.start, end: hole.start - 1 },
    { start: hole.end + 1, end: range.end },
  ];
  return sides.filter(({ start, end }) => start <= end);
}
