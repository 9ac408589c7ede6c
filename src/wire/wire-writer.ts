import { WireError } from "./wire-error.js";

/**
 * Writes protobuf wire format into a buffer that grows. Whoever writes to `bytes` and moves `pos` himself
 * reserves the room first.
 */
export class WireWriter {
  bytes: Uint8Array;
  pos: number;
  /** What it may become at most, in bytes. */
  limit = Number.POSITIVE_INFINITY;

  /** @param into a buffer to begin in, at `start`, or the size of a new one */
  constructor(
    into: Uint8Array | number = 64,
    private readonly start: number = 0,
  ) {
    this.bytes = typeof into === "number" ? new Uint8Array(into) : into;
    this.pos = start;
  }

  get length(): number {
    return this.pos - this.start;
  }

  /** Writes an unsigned 32-bit number; tags are such. */
  varint(value: number): void {
    this.reserve(5);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.pos++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.pos++] = rest;
  }

  /** Writes the low 64 bits of a number in two's complement. */
  varint64(value: bigint): void {
    this.reserve(10);
    let rest = BigInt.asUintN(64, value);
    while (rest > 0x7fn) {
      this.bytes[this.pos++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.bytes[this.pos++] = Number(rest);
  }

  fixed64(value: bigint): void {
    this.reserve(8);
    for (let shift = 0n; shift < 64n; shift += 8n) this.bytes[this.pos++] = Number((value >> shift) & 0xffn);
  }

  /** Copies `bytes[start, end)` as they are. */
  raw(bytes: Uint8Array, start: number = 0, end: number = bytes.length): void {
    const count = end - start;
    this.reserve(count);
    if (count > copyByLoop) this.bytes.set(bytes.subarray(start, end), this.pos);
    else for (let i = 0; i < count; i++) this.bytes[this.pos + i] = bytes[start + i]!;
    this.pos += count;
  }

  /** Writes a length and the bytes. */
  lengthDelimited(bytes: Uint8Array): void {
    this.varint(bytes.length);
    this.raw(bytes);
  }

  /**
   * Begins a value whose length is not known yet.
   * @param expected a guess at the length; a right one saves moving the value
   * @returns what `close` takes
   */
  open(expected: number): number {
    const start = this.pos + varintSize(expected);
    this.reserve(start - this.pos);
    this.pos = start;
    return start;
  }

  /** Ends the value that began at `start` and writes its length, given the same `expected`. */
  close(start: number, expected: number): void {
    const length = this.pos - start;
    const place = start - varintSize(expected);
    const shift = varintSize(length) - varintSize(expected);
    if (shift !== 0) {
      this.reserve(Math.max(shift, 0));
      this.bytes.copyWithin(start + shift, start, this.pos);
    }
    this.pos = place;
    this.varint(length);
    this.pos += length;
  }

  /** What was written. The writer is not to be used afterwards. */
  finish(): Uint8Array {
    return this.bytes.subarray(this.start, this.pos);
  }

  /**
   * Makes room for `count` more bytes.
   * @returns `bytes`, which may be another array than before
   * @throws WireError "too-large" where what is written exceeds the limit by now
   */
  reserve(count: number): Uint8Array {
    const needed = this.pos + count;
    if (needed <= this.bytes.length) return this.bytes;
    if (this.length > this.limit) throw new WireError("too-large", this.length);
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    // All of it: while a length is put right, what comes after it lies beyond `pos`.
    grown.set(this.bytes);
    this.bytes = grown;
    return grown;
  }
}

function varintSize(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : value < 0x10000000 ? 4 : 5;
}

/** Below this many bytes a loop is faster than making a view for `set`. */
const copyByLoop = 32;
