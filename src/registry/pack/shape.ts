import { createHash } from "node:crypto";
import { Proto4Error } from "../../diagnostics/index.js";
import type { FileSlice } from "../../image/index.js";
import { WireError, WireReader } from "../../wire/index.js";

/**
 * SHA-256, as hex digits, of a file's descriptor without what depends on where and how it was compiled: source
 * info, and buf's own extension, which tells imports. What is left counts verbatim, in its order.
 * @throws Proto4Error "image-corrupt" when the descriptor is malformed
 */
export function shapeOf({ path, bytes }: FileSlice): string {
  const hash = createHash("sha256");
  for (const run of readingOf(path, () => runsOf(bytes))) hash.update(run);
  return hash.digest("hex");
}

/**
 * Does what reads a descriptor.
 * @throws Proto4Error "image-corrupt" for a WireError of it
 */
export function readingOf<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    const message = `the descriptor of this file is malformed: ${cause.message}; build the image again`;
    throw new Proto4Error("image-corrupt", message, { location: { path }, cause });
  }
}

/** What lies between the fields that are left out. */
function runsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const reader = new WireReader(bytes);
  const runs: Uint8Array[] = [];
  let start = 0;
  while (!reader.done) {
    const { pos } = reader;
    const tag = reader.tag();
    reader.skip(tag);
    if (!leftOut.has(tag >>> 3)) continue;
    if (pos > start) runs.push(bytes.subarray(start, pos));
    start = reader.pos;
  }
  return [...runs, bytes.subarray(start)];
}

/** `source_code_info`, and `buf.alpha.image.v1.ImageFileExtension`. */
const leftOut: ReadonlySet<number> = new Set([9, 8042]);
