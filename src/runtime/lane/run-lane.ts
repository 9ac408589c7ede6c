import { carryValue } from "../carry-value.js";
import { type Context, lostBelow, spend, tooLarge } from "../context.js";
import { murmur3 } from "../murmur3.js";
import type { Detail, Side } from "../side.js";
import { makeItem } from "../stash.js";
import { buildLane, rowOf } from "./build-lane.js";
import { closeLength, copyBytes, lowBits, varintSize, writeVarint } from "./bytes.js";
import { cutList, isCut, isCutList, setAside, setCutAside, writeNumber } from "./cut-number.js";
import { BLOB, COPY, ELIDE, ENUM, HOME, NARROW, NESTED, RENUMBER, STASH, UNSIGNED } from "./operations.js";
import * as pending from "./pending.js";
import { lostInChain, placeOf } from "./place.js";
import { isPlainValue, isSame } from "./plain-value.js";

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
