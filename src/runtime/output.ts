import { WireWriter } from "../wire/index.js";

/**
 * A place to write a message of about `size` bytes: the buffer given, else a part of a slab that small messages
 * share, because to make a buffer for each costs more than to translate it.
 * @param into a buffer to write to from its start
 */
export function openOutput(size: number, into?: Uint8Array): WireWriter {
  if (into !== undefined) return new WireWriter(into);
  // Tags and lengths may grow.
  const room = size + (size >>> 3) + 64;
  if (room > slabSize / 4 || owner !== undefined) return new WireWriter(allocate(room));
  if (taken + room > slab.length) {
    slab = new Uint8Array(slabSize);
    taken = 0;
  }
  owner = new WireWriter(slab, taken);
  return owner;
}

/** What was written. The next message begins behind it. */
export function closeOutput(out: WireWriter): Uint8Array {
  if (out === owner && out.bytes === slab) taken = out.pos;
  leaveOutput(out);
  return out.finish();
}

/** Gives the place free, whatever was written. */
export function leaveOutput(out: WireWriter): void {
  if (out === owner) owner = undefined;
}

/**
 * Memory that is written before it is read need not be cleared, where the platform offers that: to clear 64 KiB
 * takes longer than to translate them. What of `value.buffer` is beyond `value` may hold anything, as in Node's
 * `Buffer.from`.
 */
function allocate(size: number): Uint8Array {
  const { Buffer } = globalThis as { readonly Buffer?: { allocUnsafeSlow?(size: number): Uint8Array } };
  const memory = Buffer?.allocUnsafeSlow?.(size);
  // A plain array: a Buffer's `slice` shares memory, and callers may not expect that.
  return memory === undefined ? new Uint8Array(size) : new Uint8Array(memory.buffer, memory.byteOffset, size);
}

/** `into`, if it shares no memory with the input: what is written over must have been read, and may be read again. */
export function apartFrom(bytes: Uint8Array, into: Uint8Array | undefined): Uint8Array | undefined {
  if (into === undefined || into.buffer !== bytes.buffer) return into;
  const isBeside =
    into.byteOffset + into.length <= bytes.byteOffset || bytes.byteOffset + bytes.length <= into.byteOffset;
  return isBeside ? into : undefined;
}

/** As large as that of Node's Buffer, which small messages pin in the same way. */
const slabSize = 8192;

let slab = new Uint8Array(0);
let taken = 0;
/** Who writes to the slab now: code that a translation calls may translate, too. */
let owner: WireWriter | undefined;
