import { makeTag, WireError, WireReader, WireType, WireWriter } from "../../wire/index.js";
import { lostBelow } from "../context.js";
import { rowOf } from "../lane/build-lane.js";
import { segmentOf } from "../segment.js";
import type { Context, Detail, Lost, Side } from "../side.js";
import { stashTagOf } from "../stash.js";
import { isStash } from "../survey.js";

/** A message without the stashes that came with it. */
export interface Stripped {
  readonly bytes: Uint8Array;
  readonly lost: readonly Lost[];
  /** Whether no other stash is left that one of the hops would take for that of a hop before. */
  readonly isSure: boolean;
}

/**
 * Removes the stashes that came with a message, wherever a hop of the chain looks. A later hop looks where the
 * first one does not, and has to trust what the first one wrote: so what came from outside goes before.
 * @param side of a chain
 */
export function stripAhead(side: Side, bytes: Uint8Array): Stripped {
  const call: Call = { lost: [], counts: { known: undefined }, isSure: true };
  const stripped = stripMessage(side, bytes, call);
  return { bytes: stripped, lost: call.lost, isSure: call.isSure };
}

/** Whether the bytes of a stash's tag occur, in whatever they are part of. */
export function mayHoldStash({ stashNumber }: Side, bytes: Uint8Array): boolean {
  const tag = tagBytes(stashNumber);
  const [first] = tag;
  for (let at = bytes.indexOf(first!); at >= 0; at = bytes.indexOf(first!, at + 1))
    if (isTag(tag, bytes, at)) return true;
  return false;
}

/** A tag may go on with zeros, up to five bytes. */
function isTag(tag: Uint8Array, bytes: Uint8Array, start: number): boolean {
  const last = tag.length - 1;
  for (let i = 0; i < last; i++) if (bytes[start + i] !== tag[i]) return false;
  if (bytes[start + last] === tag[last]) return true;
  if (bytes[start + last] !== (tag[last]! | 0x80)) return false;
  let at = start + last + 1;
  while (at < start + 4 && bytes[at] === 0x80) at++;
  return bytes[at] === 0;
}

function tagBytes(stashNumber: number): Uint8Array {
  const out = new WireWriter(5);
  out.varint(stashTagOf(stashNumber));
  return out.finish();
}

interface Call extends Pick<Context, "lost" | "counts"> {
  isSure: boolean;
}

/** What is malformed is left for the hop to find that reads it. */
function stripMessage(side: Side, bytes: Uint8Array, call: Call): Uint8Array {
  if (!mayHoldStash(side, bytes) || side.changes === undefined) return bytes;
  const { lost } = call;
  const before = lost.length;
  try {
    if (side.lane!.isAlwaysCareful) call.isSure = false;
    return stripFields(side, bytes, call);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    lost.length = before;
    call.isSure = false;
    return bytes;
  }
}

function stripFields(side: Side, bytes: Uint8Array, call: Call): Uint8Array {
  const out = new WireWriter(bytes.length);
  const reader = new WireReader(bytes);
  const before = call.lost.length;
  let isTold = false;
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    reader.skip(tag);
    if (isStash(side, tag)) {
      // A message is told before those in it, as hops tell it.
      if (!isTold) call.lost.splice(before, 0, { path: "", reason: "stripped" });
      isTold = true;
    } else stripField(side, tag, bytes, start, reader.pos, call, out);
  }
  return out.finish();
}

const none: Detail = {};

function stripField(
  side: Side,
  tag: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  call: Call,
  out: WireWriter,
): void {
  const lane = side.lane!;
  const row = rowOf(lane, tag >>> 3);
  const isTaken = (lane.table[4 * row]! & (0x100 << (tag & 7))) !== 0;
  const { inside, chain } = lane.details[row] ?? none;
  if (inside === undefined || !isTaken) {
    if ((chain?.mayLook || !isTaken) && mayHoldStash(side, bytes.subarray(start, end))) call.isSure = false;
    out.raw(bytes, start, end);
    return;
  }
  const content = new WireReader(bytes, start);
  content.tag();
  const before = call.lost.length;
  const stripped = stripMessage(inside, content.subarray(), call);
  out.varint(makeTag(tag >>> 3, WireType.Bytes));
  out.lengthDelimited(stripped);
  if (call.lost.length === before) return;
  const field = chain!.fields!.find((each) => each !== undefined)!;
  lostBelow(call, before, side.changes?.mapEntry ? "" : segmentOf(field, bytes, start, call.counts));
}
