import type { WireWriter } from "../../wire/index.js";
import { murmur3 } from "../murmur3.js";
import type { ChainDetail, Detail } from "../side.js";
import { closeLength, lowBits, varintSize, writeSigned, writeVarint } from "./bytes.js";
import { afterVarint, BITS_64 } from "./canonical-field.js";
import { IMPLICIT, SIGNED, SIGNED_LIST, UNSIGNED } from "./operations.js";
import * as pending from "./pending.js";
import { isListOf } from "./plain-value.js";

/** Whether what is left of a number of 64 bits, in its shortest form, counts as a value. */
export function isCut(word: number, src: Uint8Array, content: number, end: number): boolean {
  if (afterVarint(src, content, end, BITS_64) !== end) return false;
  return (word & IMPLICIT) === 0 || lowBits(src, content) !== 0;
}

/** Whether numbers of a packed list are cut, of which each is in its shortest form. */
export function isCutList({ cutsList, chain }: Detail, src: Uint8Array, body: number, end: number): boolean {
  return cutsList === true && chain === undefined && isListOf(BITS_64, src, body, end);
}

/** Writes a packed list of numbers of 64 bits by what is left of each in 32. */
export function cutList(
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

/** A field whose number an earlier hop of the chain changed goes with the one that it has by then. */
export function setAside(
  chain: ChainDetail | undefined,
  tag: number,
  start: number,
  content: number,
  end: number,
) {
  if (chain?.from === undefined || chain.from === tag >>> 3) pending.addUnsaid(start, end, chain?.hop);
  else pending.addUnsaid(content, end, chain.hop, (chain.from << 3) | (tag & 7));
}

/**
 * What is set aside, and the hash of what is left, have the tags of the hop that cuts the number.
 * @param free where there is room to write for a while
 */
export function setCutAside(
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

/** What is left of a number in 32 bits. */
export function writeNumber(dst: Uint8Array, at: number, operation: number, low: number): number {
  return operation === SIGNED ? writeSigned(dst, at, low) : writeVarint(dst, at, low);
}
