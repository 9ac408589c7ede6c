import { WireReader, WireWriter } from "../../wire/index.js";
import { rowOf } from "../lane/build-lane.js";
import { COPY, STASH } from "../lane/operations.js";
import * as pending from "../lane/pending.js";
import { runLane } from "../lane/run-lane.js";
import type { ChainDetail, Context, Lane, Side } from "../side.js";
import { isStash } from "../survey.js";
import { carryFast } from "../translator.js";
import { hopContext } from "./hop-context.js";
import { mayHoldStash } from "./strip-ahead.js";

/**
 * Carries one occurrence of a field through the hops, each as if the message held nothing else; what a hop sets
 * aside waits for the end of the message.
 */
export function throughHops(
  sides: readonly Side[],
  lanes: readonly (Lane | undefined)[],
): NonNullable<ChainDetail["through"]> {
  const injects = lanes.map((lane) => (lane?.injected.length ?? 0) > 0);
  return (src, start, end, context, depth) => {
    let fragment: Uint8Array | undefined = src.subarray(start, end);
    // What a later hop looks into may hold a stash that nobody trusts.
    if (!context.trustStash && mayHoldStash(sides[0]!, fragment)) return false;
    for (const [hop, lane] of lanes.entries()) {
      if (lane === undefined) continue;
      const carried = throughHop(sides[hop]!, lane, hop, fragment, context, depth);
      if (carried === undefined) return false;
      fragment = carried;
      // A later hop may have something for those who have nothing.
      if (fragment.length === 0) return !injects.includes(true, hop + 1);
    }
    context.out.raw(fragment);
    return true;
  };
}

/** @returns the one field that it becomes, or nothing; `undefined` for anything else */
function throughHop(
  side: Side,
  lane: Lane,
  hop: number,
  fragment: Uint8Array,
  context: Context,
  depth: number,
): Uint8Array | undefined {
  const tag = new WireReader(fragment).tag();
  const word = lane.table[4 * rowOf(lane, tag >>> 3)]!;
  if ((word & (0x100 << (tag & 7))) === 0) return undefined;
  if ((word & 0xff) === COPY) return fragment;
  if ((word & 0xff) === STASH) {
    pending.addUnsaidBytes(fragment, hop);
    return empty;
  }
  const own = hopContext(context, new WireWriter(fragment.length + 32), true);
  if (lane.injected.length === 0) carryFast(side, fragment, own, depth);
  else if (!runLane(bareSide(side, lane), fragment, 0, fragment.length, own, depth)) return undefined;
  if (own.lost.length > 0) return undefined;
  return splitLayer(side, own.out.finish(), hop);
}

/** What the message gets where it lacks something is none of a single field's business. */
function bareSide(side: Side, lane: Lane): Side {
  return { ...side, lane: { ...lane, injected: [] } };
}

/** Takes the layer from behind the field. */
function splitLayer(side: Side, bytes: Uint8Array, hop: number): Uint8Array | undefined {
  const reader = new WireReader(bytes);
  let fields = 0;
  let end = bytes.length;
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    if (isStash(side, tag)) {
      pending.addParts(reader.subarray(), hop);
      end = start;
    } else {
      reader.skip(tag);
      fields++;
    }
  }
  return fields > 1 ? undefined : bytes.subarray(0, end);
}

const empty = new Uint8Array();
