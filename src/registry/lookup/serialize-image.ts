import type { Image } from "../../image/index.js";
import { WireWriter } from "../../wire/index.js";

/** The image as one serialised `FileDescriptorSet`, every file verbatim. */
export function serializeImage({ files }: Image): Uint8Array {
  const writer = new WireWriter(files.reduce((size, { bytes }) => size + bytes.length + mostHead, 0));
  for (const { bytes } of files) {
    writer.varint(fileTag);
    writer.lengthDelimited(bytes);
  }
  return writer.finish();
}

/** Field 1, length-delimited. @see https://protobuf.dev/programming-guides/encoding/ */
const fileTag = (1 << 3) | 2;
const mostHead = 6;
