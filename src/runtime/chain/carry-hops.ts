import { WireWriter } from "../../wire/index.js";
import type { Context, Side } from "../side.js";
import { carryFast } from "../translator.js";
import { hopContext } from "./hop-context.js";
import { mayHoldStash, stripAhead } from "./strip-ahead.js";

/**
 * Appends what the hops make of a message one after the other: for a message that cannot be carried through
 * all of them at once. A stash that comes from an earlier hop is trusted.
 * @param side of a chain
 */
export function carryHops(side: Side, bytes: Uint8Array, context: Context, depth: number): void {
  const hops = side.hops!;
  const isForeign = !context.trustStash && mayHoldStash(side, bytes);
  const stripped = isForeign ? stripAhead(side, bytes) : undefined;
  context.lost.push(...(stripped?.lost.map((lost) => ({ ...lost, hop: 0 })) ?? []));
  const last = hops.findLastIndex(({ changes }) => changes !== undefined);
  let current = stripped?.bytes ?? bytes;
  if (last < 0) context.out.raw(current);
  for (const [hop, inner] of hops.entries()) {
    if (inner.changes === undefined) continue;
    const out = hop === last ? context.out : new WireWriter(current.length + (current.length >>> 3) + 64);
    const own = hopContext(context, out, stripped?.isSure ?? true);
    carryFast(inner, current, own, depth);
    context.lost.push(...own.lost.map((lost) => ({ ...lost, hop })));
    if (hop !== last) current = out.finish();
  }
}
