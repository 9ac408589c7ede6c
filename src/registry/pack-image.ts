import type { Image } from "../image/index.js";

/** The image as one serialised `FileDescriptorSet`, every file verbatim. */
export function packImage(image: Image): Uint8Array {
  return Buffer.concat(image.files.flatMap(({ bytes }) => [head(bytes.length), bytes]));
}

/** Tag and length of field 1, the files. @see https://protobuf.dev/programming-guides/encoding/ */
function head(length: number): Uint8Array {
  const bytes = [(1 << 3) | 2];
  let rest = length;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
