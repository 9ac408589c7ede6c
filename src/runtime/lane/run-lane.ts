import type { WireWriter } from "../../wire/index.js";
import { carryValue } from "../carry-value.js";
import { type Context, lostBelow, spend, tooLarge } from "../context.js";
import { murmur3 } from "../murmur3.js";
import { segmentOf } from "../segment.js";
import type { ChainDetail, Detail, Side } from "../side.js";
import { makeItem } from "../stash.js";
import { joinPath } from "../translate-error.js";
import { buildLane, rowOf } from "./build-lane.js";
import { copyBytes, lowBits, varintSize, writeSigned, writeVarint } from "./bytes.js";
import { afterField, afterVarint, BITS_64, isCanonical, SIGNED_32, UNSIGNED_32 } from "./canonical-field.js";
import {
  BLOB,
  CHECKED,
  COPY,
  ELIDE,
  ENUM,
  HOME,
  IMPLICIT,
  NARROW,
  NESTED,
  RENUMBER,
  SIGNED,
  SIGNED_LIST,
  STASH,
  UNSIGNED,
  UNSIGNED_LIST,
} from "./operations.js";
import * as pending from "./pending.js";

/**
 * Appends the other generation's form of `src[from, end)` in one pass, where nothing is out of the ordinary:
 * no stash, nothing twice, no group, nothing malformed. What it writes is what the engine writes, byte for
 * byte: each field at its place.
 * @param depth how many levels of messages may follow
 * @returns false, with nothing written, where the engine has to look
 * @throws WireError, TranslateError where something cannot be carried; the engine may find that it need not be
 */
export function runLane(
  side: Side,
  src: Uint8Array,
  from: number,
  end: number,
  context: Context,
  depth: number,
): boolean {
  // A message that the lane gives up late is read again, and so is each inside it: at every level twice as often.
  if (depth < 0 || context.budget.inVain < 0) return false;
  side.lane ??= buildLane(side);
  const { lane } = side;
  if (lane.isAlwaysCareful) return false;
  const { table, dense } = lane;
  const { out } = context;
  const begin = out.pos;
  const height = pending.mark();
  const lost = context.lost.length;
  let dst = out.bytes;
  let o = begin;
  let run = from;
  let seen = 0;
  for (let pos = from; pos < end; ) {
    const start = pos;
    let tag = src[pos++]!;
    if (tag > 0x7f) {
      const more = src[pos++]!;
      tag = (tag & 0x7f) | (more << 7);
      if (more > 0x7f || more === 0) {
        tag = longTag(src, start);
        if (tag === 0) return giveUp(context, start - from, begin, height, lost);
        pos = start + varintSize(tag);
      }
    }
    const content = pos;
    let body = pos;
    const wireType = tag & 7;
    if (wireType === 2) {
      let length = src[pos++]!;
      if (length > 0x7f) {
        const second = src[pos++]!;
        length = (length & 0x7f) | ((second & 0x7f) << 7);
        if (second > 0x7f) {
          const third = src[pos++]!;
          length |= (third & 0x7f) << 14;
          if (third > 0x7f) {
            const fourth = src[pos++]!;
            length |= fourth << 21;
            if (fourth > 0x7f) return giveUp(context, start - from, begin, height, lost);
          }
        }
      }
      body = pos;
      pos += length;
    } else if (wireType === 0) {
      while (src[pos++]! > 0x7f);
      if (pos - content > 10) return giveUp(context, start - from, begin, height, lost);
    } else if (wireType === 1) pos += 8;
    else if (wireType === 5) pos += 4;
    else return giveUp(context, start - from, begin, height, lost);
    if (!(pos <= end)) return giveUp(context, start - from, begin, height, lost);

    const number = tag >>> 3;
    const row = number < dense ? number : rowOf(lane, number);
    const word = table[4 * row]!;
    // A known number with another wire type, two members of a oneof, one value twice.
    if ((word & (0x100 << wireType)) === 0 || (seen & table[4 * row + 2]!) !== 0)
      return giveUp(context, start - from, begin, height, lost);
    seen |= table[4 * row + 1]!;
    const operation = word & 0xff;
    if (operation === COPY) continue;
    const detail = lane.details[row] ?? none;
    const there = table[4 * row + 3]! | wireType;
    // Nearly all numbers are small ones in their shortest form.
    const isSmall = operation <= UNSIGNED && pos - content < 5 && src[pos - 1]! !== 0 && wireType === 0;
    const isPlain =
      isSmall ||
      operation === RENUMBER ||
      isPlainValue(operation, word, detail, tag, src, content, body, pos, depth);
    if (isPlain && (there === tag ? operation !== ENUM : operation === HOME)) continue;
    if (isPlain && operation === ELIDE && !isSame(detail.rule!.way.elided!, src, start, pos)) continue;

    const need = pos - run + 32;
    if (o + need > dst.length) dst = makeRoom(context, o, need);
    o = copyBytes(dst, o, src, run, start);
    run = pos;
    if (isPlain && operation === ELIDE) continue;
    if (operation === STASH) setAside(detail.chain, tag, start, content, pos);
    else if (operation === NESTED) {
      o = writeVarint(dst, o, there);
      const size = varintSize(pos - body);
      out.pos = o + size;
      carryInside(side, detail, src, from, start, body, pos, context, depth);
      o = closeLength(out, o, size);
      dst = out.bytes;
    } else if (isPlain) {
      o = writeVarint(dst, o, there);
      if (operation === ENUM) o = writeVarint(dst, o, detail.numbers![src[content]!]!);
      else if (operation === BLOB) {
        o = writeVarint(dst, o, pos - body);
        run = body;
      } else run = content;
    } else if ((word & NARROW) !== 0 && isCut(word, src, content, pos)) {
      const low = lowBits(src, content);
      const end = writeNumber(dst, writeVarint(dst, o, there), operation, low);
      const { chain, digestHigh, digestLow } = detail;
      if (chain !== undefined) setCutAside(detail, dst, end, operation, low, content, pos);
      else pending.addItem(digestHigh!, digestLow!, murmur3(dst, o, end), start, pos);
      o = end;
    } else if (body > content && isCutList(detail, src, body, pos)) {
      out.pos = o;
      cutList(out, src, body, pos, operation, there);
      dst = out.bytes;
      pending.addItem(detail.digestHigh!, detail.digestLow!, murmur3(dst, o, out.pos), start, pos);
      o = out.pos;
    } else {
      out.pos = o;
      if (detail.chain === undefined) carryAlone(detail, src, start, pos, context, depth);
      else if (!detail.chain.through!(src, start, pos, context, depth))
        return giveUp(context, start - from, begin, height, lost);
      dst = out.bytes;
      o = out.pos;
    }
  }
  const need = end - run;
  if (o + need > dst.length) dst = makeRoom(context, o, need);
  out.pos = copyBytes(dst, o, src, run, end);
  for (const { bit, bytes } of lane.injected) if ((seen & bit) === 0) out.raw(bytes);
  if (pending.mark() > height)
    if (side.changes?.mapEntry) pending.forget(height);
    else {
      const items = (pending.mark() - height) / pending.rowSize;
      const start = out.pos;
      if (lane.unsaid !== undefined) pending.writeLayers(height, src, out, lane.unsaid, side.stashNumber);
      else pending.writePending(height, src, out, lane.unsaidHigh, lane.unsaidLow, side.stashNumber);
      spend(context, items, out.pos - start);
    }
  if (out.length > context.maxBytes) throw tooLarge(context.maxBytes);
  return true;
}

const none: Detail = {};

/** A field whose number an earlier hop of the chain changed goes with the one that it has by then. */
function setAside(chain: ChainDetail | undefined, tag: number, start: number, content: number, end: number) {
  if (chain?.from === undefined || chain.from === tag >>> 3) pending.addUnsaid(start, end, chain?.hop);
  else pending.addUnsaid(content, end, chain.hop, (chain.from << 3) | (tag & 7));
}

/**
 * What is set aside, and the hash of what is left, have the tags of the hop that cuts the number.
 * @param free where there is room to write for a while
 */
function setCutAside(
  { chain, digestHigh, digestLow }: Detail,
  dst: Uint8Array,
  free: number,
  operation: number,
  low: number,
  content: number,
  end: number,
): void {
  const written = writeNumber(dst, writeVarint(dst, free, chain!.to! << 3), operation, low);
  const hash = murmur3(dst, free, written);
  pending.addItem(digestHigh!, digestLow!, hash, content, end, chain!.hop, chain!.from! << 3);
}

function writeNumber(dst: Uint8Array, at: number, operation: number, low: number): number {
  return operation === SIGNED ? writeSigned(dst, at, low) : writeVarint(dst, at, low);
}

/** Whether the value can be taken as it stands, but for its tag. */
function isPlainValue(
  operation: number,
  word: number,
  detail: Detail,
  tag: number,
  src: Uint8Array,
  content: number,
  body: number,
  end: number,
  depth: number,
): boolean {
  // Whether to write a zero of implicit presence is for the engine to say.
  if ((word & IMPLICIT) !== 0 && (body === content ? src[content] === 0 : body === end)) return false;
  switch (operation) {
    case SIGNED:
      return afterVarint(src, content, end, SIGNED_32) === end;
    case UNSIGNED:
      return afterVarint(src, content, end, UNSIGNED_32) === end;
    case SIGNED_LIST:
      return body > content && isListOf(SIGNED_32, src, body, end);
    case UNSIGNED_LIST:
      return body > content && isListOf(UNSIGNED_32, src, body, end);
    case ENUM:
      return end === content + 1 && detail.numbers![src[content]!]! >= 0;
    case BLOB:
      return isCanonical(detail.shape!.message!, src, body, end, depth - 1);
    case HOME:
    case ELIDE:
      return afterField(detail.shape!, tag, src, content, end, depth) === end;
    case CHECKED:
      return isChecked(detail, tag, src, content, body, end, depth);
    default:
      return false;
  }
}

/** The same for every hop of a chain that looks; a length that is not in its shortest form some of them put right. */
function isChecked(
  { chain }: Detail,
  tag: number,
  src: Uint8Array,
  content: number,
  body: number,
  end: number,
  depth: number,
): boolean {
  if (body > content && body - content !== varintSize(end - body)) return false;
  for (const { operation, word, detail } of chain!.checks!)
    if (!isPlainValue(operation, word, detail, tag, src, content, body, end, depth)) return false;
  return true;
}

function isSame(bytes: Uint8Array, src: Uint8Array, start: number, end: number): boolean {
  if (end - start !== bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== src[start + i]) return false;
  return true;
}

/** Whether what is left of a number of 64 bits, in its shortest form, counts as a value. */
function isCut(word: number, src: Uint8Array, content: number, end: number): boolean {
  if (afterVarint(src, content, end, BITS_64) !== end) return false;
  return (word & IMPLICIT) === 0 || lowBits(src, content) !== 0;
}

function isCutList({ cutsList, chain }: Detail, src: Uint8Array, body: number, end: number): boolean {
  return cutsList === true && chain === undefined && isListOf(BITS_64, src, body, end);
}

/** Writes a packed list of numbers of 64 bits by what is left of each in 32. */
function cutList(
  out: WireWriter,
  src: Uint8Array,
  body: number,
  end: number,
  operation: number,
  tag: number,
): void {
  // A number of 5 bytes may become a negative one of 10.
  const dst = out.reserve(2 * (end - body) + 32);
  const at = writeVarint(dst, out.pos, tag);
  const size = varintSize(end - body);
  const kind = operation === SIGNED_LIST ? SIGNED : UNSIGNED;
  let o = at + size;
  for (let pos = body; pos < end; ) {
    o = writeNumber(dst, o, kind, lowBits(src, pos));
    while (src[pos++]! > 0x7f);
  }
  out.pos = o;
  out.pos = closeLength(out, at, size);
}

function isListOf(range: number, src: Uint8Array, start: number, end: number): boolean {
  if (start === end) return false;
  for (let at = start; at < end; ) {
    at = afterVarint(src, at, end, range);
    if (at < 0) return false;
  }
  return true;
}

/** A message inside the one that begins at `message`. */
function carryInside(
  side: Side,
  detail: Detail,
  src: Uint8Array,
  message: number,
  start: number,
  body: number,
  end: number,
  context: Context,
  depth: number,
): void {
  const inside = detail.inside!;
  const lost = context.lost.length;
  if (!runLane(inside, src, body, end, context, depth - 1))
    context.careful(inside, src.subarray(body, end), context, depth - 1);
  if (context.lost.length === lost) return;
  if (detail.chain === undefined)
    lostBelow(context, lost, placeOf(side, detail, src, message, start, context));
  else lostInChain(side, detail, src, message, start, context, lost);
}

/** Each hop calls the field as the generation does that it comes from. */
function lostInChain(
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
function placeOf(
  side: Side,
  { field }: Detail,
  src: Uint8Array,
  message: number,
  start: number,
  { counts }: Context,
): string {
  return side.changes?.mapEntry ? "" : segmentOf(field!, src, start, counts, message);
}

/** Writes the length of what stands behind `size` bytes that were kept free for it at `at`. */
function closeLength(out: WireWriter, at: number, size: number): number {
  const length = out.pos - at - size;
  const actual = varintSize(length);
  if (actual !== size) {
    out.reserve(4);
    out.bytes.copyWithin(at + actual, at + size, out.pos);
  }
  writeVarint(out.bytes, at, length);
  return at + actual + length;
}

/** One value by the engine, which finds out whether anything is lost. */
function carryAlone(
  { field, rule }: Detail,
  src: Uint8Array,
  start: number,
  end: number,
  context: Context,
  depth: number,
): void {
  const lost = context.lost.length;
  const item = carryValue(rule!, src.subarray(start, end), [], context, depth);
  if (item !== undefined) pending.addEncoded(makeItem(item));
  if (context.lost.length > lost) lostBelow(context, lost, rule!.several ? "" : field!.name);
}

function makeRoom({ out }: Context, at: number, count: number): Uint8Array {
  out.pos = at;
  return out.reserve(count);
}

/** @param read how many bytes were read in vain */
function giveUp(context: Context, read: number, begin: number, height: number, lost: number): false {
  context.budget.inVain -= read;
  context.out.pos = begin;
  pending.forget(height);
  context.lost.length = lost;
  return false;
}

/** A tag of three bytes or more; 0 where it is not in its shortest form, or no tag. */
function longTag(src: Uint8Array, at: number): number {
  let tag = 0;
  for (let shift = 0, pos = at; shift < 35; shift += 7, pos++) {
    const byte = src[pos] ?? 0x80;
    if (shift === 28 && byte > 0x0f) return 0;
    tag |= (byte & 0x7f) << shift;
    if (byte < 0x80) return byte === 0 ? 0 : tag >>> 0;
  }
  return 0;
}
