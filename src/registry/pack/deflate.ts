import { promisify } from "node:util";
import { deflate, inflate, type ZlibOptions } from "node:zlib";

/** Compresses outside of this thread, so that several at once take several cores. */
export function deflated(raw: Uint8Array): Promise<Uint8Array> {
  return compress(raw, { chunkSize: 128 * 1024 });
}

/**
 * @param length of what comes out; not a byte more is inflated
 * @throws Error when it is damaged, as zlib's checksum tells, or not of this length
 */
export async function inflated(packed: Uint8Array, length: number): Promise<Uint8Array> {
  // Else a few bytes could reserve all that the limits allow.
  if (length > (packed.length + 1) * mostTimes)
    throw new Error(`${packed.length} bytes that cannot be ${length}`);
  // A chunk that takes all of it spares a turn of the loop every 16 kB, and a copy.
  const options = { chunkSize: Math.max(length + 1, 64), maxOutputLength: Math.max(length, 1), info: true };
  const { buffer, engine } = await extract(packed, options);
  if (buffer.length !== length) throw new Error(`${buffer.length} bytes where ${length} should be`);
  if (engine.bytesWritten !== packed.length) throw new Error("bytes after its end");
  return buffer;
}

interface Inflated {
  readonly buffer: Buffer;
  /** How much of the input was taken. */
  readonly engine: { readonly bytesWritten: number };
}

const compress = promisify<Uint8Array, ZlibOptions, Buffer>(deflate);
/** What `info` makes of the result is not in the types. */
const extract = promisify(inflate) as unknown as (
  bytes: Uint8Array,
  options: ZlibOptions,
) => Promise<Inflated>;

/** As many times its size deflate can say at most. @see https://zlib.net/zlib_tech.html */
const mostTimes = 1032;
