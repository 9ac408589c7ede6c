import { defaultDepthLimit, makeTag, WireError, WireReader, WireType, WireWriter } from "../wire/index.js";
import { type Lost, lostBelow } from "./context.js";
import { writeGroup } from "./field-values.js";
import { type Layout, layoutOf } from "./layout.js";
import type { Plan } from "./plan.js";
import { readGroup } from "./read-value.js";
import { type Counts, segmentOf } from "./segment.js";
import { stashNumber, stashTagOf } from "./stash.js";
import { TranslateError } from "./translate-error.js";

/**
 * Removes the stashes from a message of either generation and from all that the plan knows it to hold: also
 * from messages that do not change, as far down as the plan tells their fields. `stripStash` does so for
 * messages of protobuf-es, whose fields are all known.
 * @param message full name of the message
 * @returns the bytes themselves where there was none, and where there was one
 * @throws Error when the plan does not hold the message; TranslateError when `bytes` is not wire format
 */
export function strip(
  plan: Plan,
  message: string,
  bytes: Uint8Array,
): { value: Uint8Array; lost: readonly Lost[] } {
  const layout = layoutOf(plan, message);
  if (layout === undefined) throw new Error(`the plan does not hold ${message}`);
  try {
    const stashTag = stashTagOf(plan.stashNumber ?? stashNumber);
    const stripping: Stripping = { stashTag, lost: [], counts: new WeakMap() };
    return { value: stripMessage(layout, bytes, stripping, defaultDepthLimit), lost: stripping.lost };
  } catch (error) {
    throw error instanceof WireError ? new TranslateError(error.code, "", error.message, error) : error;
  }
}

interface Stripping {
  readonly stashTag: number;
  /** By their paths in the message being stripped. */
  readonly lost: Lost[];
  readonly counts: Counts;
}

function stripMessage(layout: Layout, bytes: Uint8Array, stripping: Stripping, depth: number): Uint8Array {
  if (depth < 0) throw new WireError("too-deep", 0);
  const out = new WireWriter(bytes.length);
  const { stashTag, lost, counts } = stripping;
  const before = lost.length;
  let stripped = false;
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    const content = reader.pos;
    reader.skip(tag, depth);
    const field = layout.fields.get(tag >>> 3);
    if (tag === stashTag) stripped = true;
    else if (field === undefined || !isMessageTag(tag)) out.raw(bytes, start, reader.pos);
    else {
      const inner = innerOf(tag, bytes, content);
      const height = lost.length;
      writeInner(out, tag, inner, stripInside(layout.inside(field, bytes), inner, stripping, depth - 1));
      if (lost.length > height)
        lostBelow(stripping, height, layout.isEntry ? "" : segmentOf(field, bytes, start, counts));
    }
  }
  if (stripped) lost.splice(before, 0, { path: "", reason: "stripped" });
  return lost.length > before ? out.finish() : bytes;
}

/** What no parser could read stays as it is: nothing can be taken out of it. */
function stripInside(layout: Layout, bytes: Uint8Array, stripping: Stripping, depth: number): Uint8Array {
  const { lost } = stripping;
  const before = lost.length;
  try {
    return stripMessage(layout, bytes, stripping, depth);
  } catch (error) {
    if (!(error instanceof WireError) || error.code === "too-deep") throw error;
    lost.length = before;
    return bytes;
  }
}

function isMessageTag(tag: number): boolean {
  return (tag & 7) === WireType.Bytes || (tag & 7) === WireType.StartGroup;
}

function innerOf(tag: number, bytes: Uint8Array, content: number): Uint8Array {
  const reader = new WireReader(bytes, content);
  return (tag & 7) === WireType.StartGroup ? readGroup(reader, tag) : reader.subarray();
}

function writeInner(out: WireWriter, tag: number, before: Uint8Array, after: Uint8Array): void {
  if ((tag & 7) === WireType.StartGroup) writeGroup(out, tag >>> 3, before, () => out.raw(after));
  else {
    out.varint(makeTag(tag >>> 3, WireType.Bytes));
    out.lengthDelimited(after);
  }
}
