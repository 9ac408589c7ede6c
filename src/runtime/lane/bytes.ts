import type { WireWriter } from "../../wire/index.js";

/** Copies `src[from, to)` to `dst` at `at`, where there is room. @returns the offset behind it */
export function copyBytes(dst: Uint8Array, at: number, src: Uint8Array, from: number, to: number): number {
  // Up to so many bytes a loop is as fast as a view, and leaves nothing to collect.
  if (to - from > 72) {
    dst.set(src.subarray(from, to), at);
    return at + to - from;
  }
  let read = from;
  let write = at;
  for (const last = to - 4; read <= last; read += 4, write += 4) {
    dst[write] = src[read]!;
    dst[write + 1] = src[read + 1]!;
    dst[write + 2] = src[read + 2]!;
    dst[write + 3] = src[read + 3]!;
  }
  for (; read < to; read++, write++) dst[write] = src[read]!;
  return write;
}

/** Writes an unsigned 32-bit number where there is room. @returns the offset behind it */
export function writeVarint(dst: Uint8Array, at: number, value: number): number {
  let pos = at;
  let rest = value;
  while (rest >>> 0 > 0x7f) {
    dst[pos++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  dst[pos++] = rest;
  return pos;
}

/** Writes a signed 32-bit number as a varint of 64 bits. */
export function writeSigned(dst: Uint8Array, at: number, value: number): number {
  if (value >= 0) return writeVarint(dst, at, value);
  let pos = at;
  for (let shift = 0; shift < 28; shift += 7) dst[pos++] = ((value >>> shift) & 0x7f) | 0x80;
  dst[pos++] = (value >>> 28) | 0xf0;
  for (let i = 0; i < 4; i++) dst[pos++] = 0xff;
  dst[pos++] = 1;
  return pos;
}

/** Writes 64 bits, the low half first. */
export function writeFixed64(dst: Uint8Array, at: number, high: number, low: number): number {
  for (let i = 0; i < 4; i++) dst[at + i] = low >>> (8 * i);
  for (let i = 0; i < 4; i++) dst[at + 4 + i] = high >>> (8 * i);
  return at + 8;
}

export function varintSize(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5;
}

/** The low 32 bits of a varint that is known to end. */
export function lowBits(src: Uint8Array, at: number): number {
  let value = 0;
  for (let shift = 0, pos = at; shift < 35; shift += 7, pos++) {
    const byte = src[pos]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

/** Writes the length of what stands behind `size` bytes that were kept free for it at `at`. */
export function closeLength(out: WireWriter, at: number, size: number): number {
  const length = out.pos - at - size;
  const actual = varintSize(length);
  if (actual !== size) {
    out.reserve(4);
    out.bytes.copyWithin(at + actual, at + size, out.pos);
  }
  writeVarint(out.bytes, at, length);
  return at + actual + length;
}
