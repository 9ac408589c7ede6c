import type { Lane } from "../side.js";
import { isClash, marksOf } from "./marks.js";
import type { Trace } from "./trace.js";

/** By field number: the bits that it sets, and those that must not be set when it comes. */
export interface Bits {
  readonly own: ReadonlyMap<number, number>;
  readonly clash: ReadonlyMap<number, number>;
}

/**
 * Two fields clash in a chain where they do at one of the hops: as one value that came twice, or as members of
 * a oneof. Beyond 31 of them bits are shared, as in the lane of a single hop.
 * @param watched fields of which it is asked at the end whether one of them came: each group has a bit for itself
 */
export function composeBits(
  lanes: readonly (Lane | undefined)[],
  traces: ReadonlyMap<number, Trace>,
  watched: readonly (readonly number[])[],
): Bits {
  const marks = [...traces].map(([number, { numbers }]) => ({ number, marks: marksOf(lanes, numbers) }));
  const pairs = marks.flatMap((later) =>
    marks
      .filter((earlier) => isClash(later.marks, earlier.marks))
      .map((earlier) => [later.number, earlier.number] as const),
  );
  const marked = [...new Set(pairs.map(([, earlier]) => earlier))];
  const own = new Map(
    marked.map((number, index) => [number, 1 << (watched.length + (index % (31 - watched.length)))]),
  );
  const clash = new Map<number, number>();
  for (const [later, earlier] of pairs) clash.set(later, (clash.get(later) ?? 0) | own.get(earlier)!);
  for (const [index, numbers] of watched.entries())
    for (const number of numbers) own.set(number, (own.get(number) ?? 0) | (1 << index));
  return { own, clash };
}
