import { rowOf } from "../lane/build-lane.js";
import type { Lane } from "../side.js";

/** What a field is to the other fields of its message, at one hop. */
export interface Marks {
  /** The bits that it sets. */
  readonly own: number;
  /** The bits that must not be set when it comes. */
  readonly clash: number;
}

/** @param numbers under which it may come, by hop */
export function marksOf(
  lanes: readonly (Lane | undefined)[],
  numbers: readonly ReadonlySet<number>[],
): readonly Marks[] {
  return lanes.map((lane, hop) => {
    const rows = lane === undefined ? [] : [...numbers[hop]!].map((number) => 4 * rowOf(lane, number));
    const joined = (offset: number) => rows.reduce((bits, row) => bits | lane!.table[row + offset]!, 0);
    return { own: joined(1), clash: joined(2) };
  });
}

/** Whether a field may not follow another, at one of the hops. */
export function isClash(later: readonly Marks[], earlier: readonly Marks[]): boolean {
  return later.some(({ clash }, hop) => (clash & earlier[hop]!.own) !== 0);
}
