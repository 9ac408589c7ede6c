import type { WireWriter } from "../../wire/index.js";
import { stashTagOf } from "../stash.js";
import { copyBytes, varintSize, writeFixed64, writeVarint } from "./bytes.js";

/**
 * What goes to the stashes of the messages being carried, until each ends: a stack of numbers, because
 * messages nest and most calls need none. Nine numbers each: kind; the entry's digest and the projection's
 * hash, two halves each; where the fragment begins and ends; which hop of a chain sets it aside, 0 elsewhere; the
 * tag of a fragment that had another one when it came, else 0.
 */
export const rowSize = 9;

let rows = new Int32Array(rowSize * 32);
/** Items that the engine made, and fragments that are not in the message as it came. */
let encoded: Uint8Array[] = [];
let top = 0;

/** The height of the stack, to return to. */
export function mark(): number {
  return top;
}

/** Forgets what came since. */
export function forget(height: number): void {
  top = height;
  if (height === 0 && encoded.length > 0) encoded = [];
}

/** A value whose original would be lost; `projection` as murmur3 gives it. */
export function addItem(
  high: number,
  low: number,
  projection: Uint32Array,
  start: number,
  end: number,
  hop: number = 0,
  tag: number = 0,
): void {
  push(NUMBERS, high, low, projection[0]!, projection[1]!, start, end, hop, tag);
}

export function addEncoded(item: Uint8Array): void {
  encoded.push(item);
  push(ENCODED, 0, 0, 0, 0, encoded.length - 1, 0);
}

/** Items with their tags, as a layer holds them. */
export function addParts(parts: Uint8Array, hop: number): void {
  encoded.push(parts);
  push(PARTS, 0, 0, 0, 0, encoded.length - 1, 0, hop);
}

/** A field that the other side has no place for. */
export function addUnsaid(start: number, end: number, hop: number = 0, tag: number = 0): void {
  push(UNSAID, 0, 0, 0, 0, start, end, hop, tag);
}

/** One that an earlier hop changed. */
export function addUnsaidBytes(fragment: Uint8Array, hop: number): void {
  encoded.push(fragment);
  push(UNSAID_BYTES, 0, 0, 0, 0, encoded.length - 1, 0, hop);
}

/**
 * Writes a layer with what came since `height`: the values in the order of their fields, then all that is
 * unsaid as one item.
 * @param src the message that they are in
 * @param high @param low under which the unsaid goes
 */
export function writePending(
  height: number,
  src: Uint8Array,
  out: WireWriter,
  high: number,
  low: number,
  stashNumber: number,
): void {
  writeLayer(0, height, src, out, high, low, stashNumber);
  forget(height);
}

/** The same for a chain: a layer for each hop. @param digests two halves for each */
export function writeLayers(
  height: number,
  src: Uint8Array,
  out: WireWriter,
  digests: Int32Array,
  stashNumber: number,
): void {
  for (let hop = 0; hop < digests.length / 2; hop++)
    writeLayer(hop, height, src, out, digests[2 * hop]!, digests[2 * hop + 1]!, stashNumber);
  forget(height);
}

function writeLayer(
  hop: number,
  height: number,
  src: Uint8Array,
  out: WireWriter,
  high: number,
  low: number,
  stashNumber: number,
): void {
  let size = 0;
  let unsaid = 0;
  for (let at = height; at < top; at += rowSize)
    if (rows[at + 7] === hop)
      if (isUnsaid(at)) unsaid += unsaidSize(at);
      else size += partSize(at);
  if (unsaid > 0) size += withHead(fragmentSize(unsaid) + 9);
  if (size === 0) return;
  const dst = out.reserve(size + 16);
  let pos = writeVarint(dst, out.pos, stashTagOf(stashNumber));
  pos = writeVarint(dst, pos, size);
  for (let at = height; at < top; at += rowSize)
    if (rows[at + 7] === hop && !isUnsaid(at)) pos = writeItem(at, src, dst, pos);
  if (unsaid > 0) {
    pos = writeHead(dst, pos, fragmentSize(unsaid) + 9, high, low);
    pos = writeFragmentHead(dst, pos, unsaid);
    for (let at = height; at < top; at += rowSize)
      if (rows[at + 7] === hop && isUnsaid(at)) pos = writeUnsaid(at, src, dst, pos);
  }
  out.pos = pos;
}

const NUMBERS = 0;
const ENCODED = 1;
const UNSAID = 2;
const PARTS = 3;
const UNSAID_BYTES = 4;

function push(
  kind: number,
  a: number,
  b: number,
  c: number,
  d: number,
  start: number,
  end: number,
  hop: number = 0,
  tag: number = 0,
): void {
  if (top + rowSize > rows.length) {
    // The stack stays as large as it once was. Who translates catches this, and the engine does without.
    if (rows.length >= rowSize * 65_536) throw new Error("too much is set aside for the fast lane");
    const grown = new Int32Array(rows.length * 2);
    grown.set(rows);
    rows = grown;
  }
  rows[top] = kind;
  rows[top + 1] = a;
  rows[top + 2] = b;
  rows[top + 3] = c;
  rows[top + 4] = d;
  rows[top + 5] = start;
  rows[top + 6] = end;
  rows[top + 7] = hop;
  rows[top + 8] = tag;
  top += rowSize;
}

function isUnsaid(at: number): boolean {
  return rows[at] === UNSAID || rows[at] === UNSAID_BYTES;
}

function unsaidSize(at: number): number {
  return rows[at] === UNSAID ? lengthOf(at) : encoded[rows[at + 5]!]!.length;
}

function writeUnsaid(at: number, src: Uint8Array, dst: Uint8Array, pos: number): number {
  if (rows[at] === UNSAID) return copyFragment(at, src, dst, pos);
  const fragment = encoded[rows[at + 5]!]!;
  return copyBytes(dst, pos, fragment, 0, fragment.length);
}

/** Of the fragment of a row that says where it is. */
function lengthOf(at: number): number {
  const tag = rows[at + 8]!;
  return rows[at + 6]! - rows[at + 5]! + (tag === 0 ? 0 : varintSize(tag));
}

function copyFragment(at: number, src: Uint8Array, dst: Uint8Array, pos: number): number {
  const tag = rows[at + 8]!;
  const next = tag === 0 ? pos : writeVarint(dst, pos, tag);
  return copyBytes(dst, next, src, rows[at + 5]!, rows[at + 6]!);
}

/** With tag and length. */
function partSize(at: number): number {
  return rows[at] === PARTS ? encoded[rows[at + 5]!]!.length : withHead(itemSize(at));
}

function itemSize(at: number): number {
  if (rows[at] === ENCODED) return encoded[rows[at + 5]!]!.length;
  return 18 + fragmentSize(lengthOf(at));
}

function fragmentSize(length: number): number {
  return 1 + varintSize(length) + length;
}

function withHead(size: number): number {
  return 1 + varintSize(size) + size;
}

function writeItem(at: number, src: Uint8Array, dst: Uint8Array, pos: number): number {
  if (rows[at] === PARTS) return copyBytes(dst, pos, encoded[rows[at + 5]!]!, 0, partSize(at));
  const size = itemSize(at);
  if (rows[at] === ENCODED) {
    const item = encoded[rows[at + 5]!]!;
    dst[pos] = ITEMS;
    return copyBytes(dst, writeVarint(dst, pos + 1, size), item, 0, size);
  }
  let next = writeHead(dst, pos, size, rows[at + 1]!, rows[at + 2]!);
  dst[next] = PROJECTION;
  next = writeFixed64(dst, next + 1, rows[at + 3]!, rows[at + 4]!);
  return copyFragment(at, src, dst, writeFragmentHead(dst, next, lengthOf(at)));
}

function writeHead(dst: Uint8Array, pos: number, size: number, high: number, low: number): number {
  dst[pos] = ITEMS;
  const next = writeVarint(dst, pos + 1, size);
  dst[next] = ENTRY;
  return writeFixed64(dst, next + 1, high, low);
}

function writeFragmentHead(dst: Uint8Array, pos: number, length: number): number {
  dst[pos] = FRAGMENT;
  return writeVarint(dst, pos + 1, length);
}

/** Tags of proto4.Envelope and proto4.Envelope.Item. */
const ITEMS = 0x12;
const ENTRY = 0x09;
const PROJECTION = 0x11;
const FRAGMENT = 0x1a;
