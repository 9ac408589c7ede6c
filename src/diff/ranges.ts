import type { NumberRange } from "../schema/index.js";

/** The parts of `range` that no range of `cover` holds, in ascending order. */
export function missingFrom(range: NumberRange, cover: readonly NumberRange[]): readonly NumberRange[] {
  const missing: NumberRange[] = [];
  let start = range.start;
  for (const { start: from, end: to } of cover.toSorted((a, b) => a.start - b.start)) {
    if (to < start) continue;
    if (from > range.end) break;
    if (from > start) missing.push({ start, end: from - 1 });
    start = to + 1;
  }
  return start > range.end ? missing : [...missing, { start, end: range.end }];
}
