import { damaged } from "./damaged.js";
import { maxHeaderBytes, maxIndexBytes } from "./limits.js";

/** A part of a pack, compressed by itself. */
export interface Section {
  readonly packed: Uint8Array;
  /** What it is inflated. */
  readonly length: number;
}

/** The outermost: magic and format, the lengths of header and index, both of them, and the blocks of contents. */
export interface Frame {
  readonly header: Section;
  readonly index: Section;
  /** All that follows. */
  readonly contents: Uint8Array;
}

export function joinFrame(header: Section, index: Section, blocks: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  head[magic.length] = format;
  const lengths = [header.packed.length, header.length, index.packed.length, index.length];
  for (const [at, length] of lengths.entries()) head.writeUInt32LE(length, firstLength + 4 * at);
  return Buffer.concat([head, header.packed, index.packed, ...blocks]);
}

/** @throws Proto4Error "store-invalid" for what is no pack, of a newer format, or shorter than it says */
export function splitFrame(bytes: Uint8Array, blob: string): Frame {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (buffer.length < headBytes || !buffer.subarray(0, magic.length).equals(magic))
    throw damaged(blob, "it does not begin like one");
  if (buffer[magic.length] !== format)
    throw damaged(blob, `it is of format ${buffer[magic.length]}, a newer proto4 may read it`);
  const [headerPacked, headerLength, indexPacked, indexLength] = [0, 1, 2, 3].map((at) =>
    buffer.readUInt32LE(firstLength + 4 * at),
  ) as [number, number, number, number];
  if (headerLength > maxHeaderBytes || indexLength > maxIndexBytes)
    throw damaged(blob, "its header or index is larger than any pack's");
  const indexStart = headBytes + headerPacked;
  const contentStart = indexStart + indexPacked;
  if (contentStart > buffer.length) throw damaged(blob, "it is shorter than it says");
  return {
    header: { packed: buffer.subarray(headBytes, indexStart), length: headerLength },
    index: { packed: buffer.subarray(indexStart, contentStart), length: indexLength },
    contents: buffer.subarray(contentStart),
  };
}

/** Shows when a line break was made another, as what takes it for text does. */
const magic = Buffer.from("p4pack\n");
const format = 1;
const firstLength = magic.length + 1;
const headBytes = firstLength + 16;
