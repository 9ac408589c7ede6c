import { makeTag, WireError, WireReader, WireType, WireWriter } from "../wire/index.js";
import { isMalformed } from "./any.js";
import { below, type Context } from "./context.js";
import { writeGroup } from "./field-values.js";
import type { FieldPlan } from "./plan.js";
import { readGroup } from "./read-value.js";
import { segmentOf } from "./segment.js";
import type { Layout } from "./shape-layout.js";
import { stashTagOf } from "./stash.js";

/** As `stripMessage`, where the sender is not trusted: what passes unread is read by who trusts this process. */
export function stripUntrusted(
  layout: Layout,
  bytes: Uint8Array,
  context: Context,
  depth: number,
): Uint8Array {
  return context.trustStash ? bytes : stripMessage(layout, bytes, context, depth);
}

/** Stripping under way; what is lost is told by its path in the message being stripped. */
export type Stripping = Pick<Context, "lost" | "counts" | "stashNumber">;

/** Removes the stashes from a message and from all that its layout tells it to hold. @throws WireError */
export function stripMessage(
  layout: Layout,
  bytes: Uint8Array,
  stripping: Stripping,
  depth: number,
): Uint8Array {
  if (depth < 0) throw new WireError("too-deep", 0);
  const out = new WireWriter(bytes.length);
  const { lost, counts } = stripping;
  const stashTag = stashTagOf(stripping.stashNumber);
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
      const segment = () => (layout.isEntry ? "" : segmentOf(field, bytes, start, counts));
      const inside = () => stripInside(layout.inside(field, bytes), field, inner, stripping, depth - 1);
      writeInner(out, tag, inner, below(stripping, segment, inside));
    }
  }
  if (stripped) lost.splice(before, 0, { path: "", reason: "stripped" });
  return lost.length > before ? out.finish() : bytes;
}

/**
 * A payload of an Any that cannot be read stays as it is: who passes it on need not be able to. A message is
 * refused, for some parsers read past the end of one that breaks off, and would find its stash.
 */
function stripInside(
  layout: Layout,
  { type }: FieldPlan,
  bytes: Uint8Array,
  stripping: Stripping,
  depth: number,
): Uint8Array {
  const { lost } = stripping;
  const before = lost.length;
  try {
    return stripMessage(layout, bytes, stripping, depth);
  } catch (error) {
    if (type !== "bytes" || !isMalformed(error)) throw error;
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
