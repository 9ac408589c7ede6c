import { WireReader, WireType } from "../wire/index.js";
import type { FieldPlan } from "./plan.js";

/**
 * How many elements of a list stand before a place in a message, as far as was counted: to name each of them in
 * turn takes one reading of the message, not one for each.
 */
export interface Counts {
  /** Made when first needed: nearly every call names nothing, and to make a WeakMap takes as long as to translate. */
  known: WeakMap<Uint8Array, Map<string, Counted>> | undefined;
}

interface Counted {
  readonly at: number;
  readonly count: number;
}

/**
 * What an occurrence of a field is called in a path: `profile`, `orders[3]`, `labels["a"]`. Called where
 * something is lost or wrong, and so it may read the message again.
 * @param bytes in which the message begins at `from`
 * @param at where the occurrence begins, tag included
 */
export function segmentOf(
  { name, number, label }: FieldPlan,
  bytes: Uint8Array,
  at: number,
  counts: Counts,
  from: number = 0,
): string {
  if (label === "repeated") return `${name}[${countBefore(number, bytes, at, counts, from)}]`;
  return label === "map" ? `${name}[${keyOf(bytes, at)}]` : name;
}

function countBefore(number: number, bytes: Uint8Array, at: number, counts: Counts, from: number): number {
  counts.known ??= new WeakMap();
  const known = counts.known.get(bytes) ?? new Map<string, Counted>();
  counts.known.set(bytes, known);
  const key = `${from}:${number}`;
  const before = known.get(key);
  const start = before !== undefined && before.at <= at ? before : { at: from, count: 0 };
  const reader = new WireReader(bytes, start.at);
  let { count } = start;
  while (reader.pos < at) {
    const tag = reader.tag();
    reader.skip(tag);
    if (tag >>> 3 === number) count++;
  }
  known.set(key, { at, count });
  return count;
}

/** The key as far as it can be told without its type: a negative number and a large one look the same. */
function keyOf(bytes: Uint8Array, at: number): string {
  const reader = new WireReader(bytes, at);
  reader.tag();
  const entry = new WireReader(reader.subarray());
  while (!entry.done) {
    const tag = entry.tag();
    if (tag >>> 3 === 1) return readKey(entry, tag & 7);
    entry.skip(tag);
  }
  return "";
}

function readKey(reader: WireReader, wireType: number): string {
  if (wireType === WireType.Varint) return BigInt.asIntN(64, reader.varint64()).toString();
  if (wireType === WireType.Bytes) return JSON.stringify(new TextDecoder().decode(reader.subarray()));
  const start = reader.pos;
  reader.skip(wireType);
  const view = new DataView(reader.bytes.buffer, reader.bytes.byteOffset + start, reader.pos - start);
  return wireType === WireType.Fixed32 ? `${view.getInt32(0, true)}` : `${view.getBigInt64(0, true)}`;
}
