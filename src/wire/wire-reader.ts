import { WireError } from "./wire-error.js";
import { maxDepthLimit, WireType } from "./wire-type.js";

/**
 * Reads protobuf wire format from `bytes[pos, end)`. Every read is checked against `end`, so that hostile
 * lengths reach no byte outside.
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class WireReader {
  constructor(
    readonly bytes: Uint8Array,
    public pos: number = 0,
    readonly end: number = bytes.length,
  ) {}

  get done(): boolean {
    return this.pos >= this.end;
  }

  /**
   * Reads a tag: field number << 3 | wire type, unsigned.
   * @throws WireError "tag-invalid"
   */
  tag(): number {
    const start = this.pos;
    const tag = this.varint();
    // A tag is a 32-bit varint: more bytes, or bits above 32, would be cut silently.
    if (tag >>> 3 === 0 || (tag & 7) > 5 || this.pos - start > 5 || this.overflows(start))
      throw new WireError("tag-invalid", start);
    return tag;
  }

  /**
   * Reads one varint.
   * @returns its low 32 bits, unsigned; the high half is dropped
   * @throws WireError "truncated", "varint-overlong"
   */
  varint(): number {
    const { bytes, end } = this;
    let value = 0;
    for (let shift = 0, pos = this.pos; ; shift += 7, pos++) {
      if (pos >= end) throw new WireError("truncated", pos);
      if (shift > 63) throw new WireError("varint-overlong", this.pos);
      const byte = bytes[pos]!;
      if (shift < 32) value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        this.pos = pos + 1;
        return value >>> 0;
      }
    }
  }

  /** Reads one varint as an unsigned 64-bit number. */
  varint64(): bigint {
    const start = this.pos;
    this.varint();
    let value = 0n;
    for (let pos = this.pos - 1; pos >= start; pos--) value = (value << 7n) | BigInt(this.bytes[pos]! & 0x7f);
    return BigInt.asUintN(64, value);
  }

  /**
   * Reads a length and checks that as many bytes follow.
   * @returns the offset after them; `pos` is at their start
   */
  lengthDelimited(): number {
    const start = this.pos;
    const length = this.varint();
    if (this.overflows(start) || length > this.end - this.pos) throw new WireError("truncated", start);
    return this.pos + length;
  }

  /** The bytes of a length-delimited field, without copying. */
  subarray(): Uint8Array {
    const end = this.lengthDelimited();
    const start = this.pos;
    this.pos = end;
    return this.bytes.subarray(start, end);
  }

  /** @throws WireError "utf8-invalid" */
  string(): string {
    const offset = this.pos;
    const bytes = this.subarray();
    try {
      return utf8.decode(bytes);
    } catch {
      throw new WireError("utf8-invalid", offset);
    }
  }

  /**
   * Passes over the value of a field whose tag was just read, groups included.
   * @param depthLimit how many groups may be in it; not to be told by who reads what was read before
   * @throws WireError "truncated", "group-unmatched", "too-deep"
   */
  skip(tag: number, depthLimit: number = maxDepthLimit): void {
    switch (tag & 7) {
      case WireType.Varint:
        this.varint();
        return;
      case WireType.Fixed64:
        this.advance(8);
        return;
      case WireType.Bytes:
        this.pos = this.lengthDelimited();
        return;
      case WireType.StartGroup:
        this.skipGroup(tag, depthLimit);
        return;
      case WireType.Fixed32:
        this.advance(4);
        return;
      default:
        throw new WireError("group-unmatched", this.pos);
    }
  }

  private skipGroup(startTag: number, depthLimit: number): void {
    if (depthLimit <= 0) throw new WireError("too-deep", this.pos);
    const endTag = ((startTag & ~7) | WireType.EndGroup) >>> 0;
    for (;;) {
      if (this.done) throw new WireError("truncated", this.pos);
      const tag = this.tag();
      if (tag === endTag) return;
      this.skip(tag, depthLimit - 1);
    }
  }

  private advance(count: number): void {
    if (count > this.end - this.pos) throw new WireError("truncated", this.pos);
    this.pos += count;
  }

  /** Whether the varint that began at `start` and ended at `pos` has bits above the lower 32. */
  private overflows(start: number): boolean {
    for (let pos = start + 4; pos < this.pos; pos++) {
      const payload = this.bytes[pos]! & 0x7f;
      if (pos === start + 4 ? payload > 0x0f : payload > 0) return true;
    }
    return false;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
