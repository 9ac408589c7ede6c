import { segmentOf } from "../segment.js";
import type { Context, Detail, Side } from "../side.js";
import { joinPath } from "../translate-error.js";

/** Each hop calls the field as the generation does that it comes from. */
export function lostInChain(
  side: Side,
  { chain }: Detail,
  src: Uint8Array,
  message: number,
  start: number,
  context: Context,
  since: number,
): void {
  const { lost } = context;
  for (let i = since; i < lost.length; i++) {
    const { path, hop } = lost[i]!;
    const segment = placeOf(side, { field: chain!.fields![hop!]! }, src, message, start, context);
    lost[i] = { ...lost[i]!, path: joinPath(segment, path) };
  }
}

/** What a map calls key and value is no level of its own to who reads a path. */
export function placeOf(
  side: Side,
  { field }: Detail,
  src: Uint8Array,
  message: number,
  start: number,
  { counts }: Context,
): string {
  return side.changes?.mapEntry ? "" : segmentOf(field!, src, start, counts, message);
}
