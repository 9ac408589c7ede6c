import { defaultDepthLimit, WireError, WireReader, WireType } from "../wire/index.js";

/** The wire type of what has a length; all else in a descriptor is a varint, whose wire type is 0. */
export const LEN = WireType.Bytes;

/** Reads a serialised descriptor. */
export class DescriptorReader extends WireReader {
  declare readonly bytes: Buffer;
  private depth = 0;

  /** @param annotated whether the numbers of proto4's options are proto4's in this image */
  constructor(
    bytes: Uint8Array,
    readonly annotated: boolean,
    start?: number,
    end?: number,
  ) {
    super(asBuffer(bytes), start, end);
  }

  /**
   * Reads a string, and gives the same one for the same bytes as long as it remembers them. Files repeat
   * each other's names, and an image after those of the image before: to look a string up costs less than to
   * make it, in time and in memory.
   * @throws WireError "truncated", "utf8-invalid"
   */
  text(): string {
    const start = this.pos;
    const end = this.lengthDelimited();
    const hash = hashAscii(this.bytes, this.pos, end);
    if (hash >= 0) return this.name(end, hash);
    this.pos = start;
    return this.string();
  }

  /** Reads the name of a type, without the dot that full names begin with in descriptors. */
  typeName(): string {
    const start = this.pos;
    const end = this.lengthDelimited();
    if (this.bytes[this.pos] === DOT && this.pos < end) this.pos++;
    const hash = hashAscii(this.bytes, this.pos, end);
    if (hash >= 0) return this.name(end, hash);
    this.pos = start;
    const name = this.string();
    return name.startsWith(".") ? name.slice(1) : name;
  }

  private name(end: number, hash: number): string {
    const { bytes, pos } = this;
    this.pos = end;
    const found = known[hash];
    if (found !== undefined && equals(found, bytes, pos, end)) return found;
    const text = bytes.toString("latin1", pos, end);
    known[hash] = text;
    return text;
  }

  int32(): number {
    return this.varint() | 0;
  }

  /** Reads the number of an enum; `before` where it is none of those up to `last`. */
  enumeration(before: number, last: number): number {
    const number = this.int32();
    return number > 0 && number <= last ? number : before;
  }

  packed(into: number[]): void {
    const end = this.lengthDelimited();
    while (this.pos < end) into.push(this.int32());
    if (this.pos !== end) throw new WireError("truncated", end);
  }

  /** The bytes of a message after those of its earlier parts: so it means what all of them mean. */
  joined(before: Uint8Array | undefined): Uint8Array {
    const bytes = this.subarray();
    return before === undefined ? bytes : Buffer.concat([before, bytes]);
  }

  /**
   * Begins a message that lies inside another one.
   * @returns its end, which is to be given to `close`
   * @throws WireError "truncated", "too-deep"
   */
  open(): number {
    if (this.depth === defaultDepthLimit) throw new WireError("too-deep", this.pos);
    this.depth++;
    return this.lengthDelimited();
  }

  /**
   * Ends a message: what is in it must not have run past its length.
   * @throws WireError "truncated"
   */
  close(end: number): void {
    if (this.pos !== end) throw new WireError("truncated", end);
    this.depth--;
  }
}

function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @returns an index into `known`, or -1 for what is too long to be a name, or not ASCII */
function hashAscii(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > LONGEST) return -1;
  let hash = 0;
  let all = 0;
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    all |= byte;
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  return all > 0x7f ? -1 : (hash ^ (hash >>> 16)) & (TABLE_SIZE - 1);
}

function equals(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let i = start; i < end; i++) if (text.charCodeAt(i - start) !== bytes[i]) return false;
  return true;
}

const DOT = 0x2e;

const LONGEST = 128;
const TABLE_SIZE = 1 << 17;

/** By hash; a later string takes the place of another one with the same hash, so that this does not grow. */
const known: string[] = [];
