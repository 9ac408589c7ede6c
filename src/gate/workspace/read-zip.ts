import { inflateRawSync } from "node:zlib";

/**
 * The files of a zip archive by path: the names of all, the content of the small ones that may be configuration.
 * @throws Error when the bytes are no zip file
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function readZip(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.lastIndexOf(END);
  if (end < 0) throw new Error("the zip file has no directory");
  const files = new Map<string, Uint8Array>();
  let offset = buffer.readUInt32LE(end + 16);
  for (let left = buffer.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = buffer.readUInt16LE(offset + 28);
    const path = buffer.toString("utf8", offset + 46, offset + 46 + nameLength);
    if (!path.endsWith("/")) files.set(path, path.endsWith(".yaml") ? contentOf(buffer, offset) : EMPTY);
    offset += 46 + nameLength + buffer.readUInt16LE(offset + 30) + buffer.readUInt16LE(offset + 32);
  }
  return files;
}

const END = Buffer.from([0x50, 0x4b, 5, 6]);
const EMPTY = new Uint8Array();
const DEFLATED = 8;

/** @param entry where the directory tells of the file */
function contentOf(buffer: Buffer, entry: number): Uint8Array {
  const size = buffer.readUInt32LE(entry + 20);
  const local = buffer.readUInt32LE(entry + 42);
  const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
  const content = buffer.subarray(start, start + size);
  return buffer.readUInt16LE(entry + 10) === DEFLATED ? inflateRawSync(content) : content;
}
