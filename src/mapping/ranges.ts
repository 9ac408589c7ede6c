import type { Message, NumberRange } from "../schema/index.js";

/**
 * Numbers under which an unknown field may not pass between two messages: those that either reserves, and
 * those that only one keeps for extensions.
 */
export function closedNumbers(v3: Message, v4: Message): readonly NumberRange[] {
  return merge([
    ...v3.reservedRanges,
    ...v4.reservedRanges,
    ...subtract(v3.extensionRanges, v4.extensionRanges),
    ...subtract(v4.extensionRanges, v3.extensionRanges),
  ]);
}

export function includes(ranges: readonly NumberRange[], number: number): boolean {
  return ranges.some(({ start, end }) => start <= number && number <= end);
}

export function isSameNumbers(one: readonly NumberRange[], other: readonly NumberRange[]): boolean {
  return subtract(one, other).length === 0 && subtract(other, one).length === 0;
}

function subtract(from: readonly NumberRange[], what: readonly NumberRange[]): readonly NumberRange[] {
  return what.reduce<readonly NumberRange[]>(
    (rest, { start, end }) =>
      rest.flatMap((range) =>
        [
          { start: range.start, end: Math.min(range.end, start - 1) },
          { start: Math.max(range.start, end + 1), end: range.end },
        ].filter((part) => part.start <= part.end),
      ),
    from,
  );
}

/** In order, touching ones joined. */
function merge(ranges: readonly NumberRange[]): readonly NumberRange[] {
  const merged: NumberRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last === undefined || range.start > last.end + 1) merged.push(range);
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return merged;
}
