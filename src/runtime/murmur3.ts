/**
 * MurmurHash3 x86_128 of `bytes[start, end)` as four unsigned 32-bit numbers. It tells an edited value from an
 * untouched one; it authenticates nothing.
 * @returns an array that the next call overwrites
 * @see https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp
 */
export function murmur3(
  bytes: Uint8Array,
  start: number = 0,
  end: number = bytes.length,
  seed: number = 0,
): Uint32Array {
  let [a, b, c, d] = [seed, seed, seed, seed];
  let at = start;
  for (; end - at >= 16; at += 16) {
    a = (Math.imul(rotate(a ^ scrambleA(word(bytes, at)), 19) + b, 5) + 0x561ccd1b) | 0;
    b = (Math.imul(rotate(b ^ scrambleB(word(bytes, at + 4)), 17) + c, 5) + 0x0bcaa747) | 0;
    c = (Math.imul(rotate(c ^ scrambleC(word(bytes, at + 8)), 15) + d, 5) + 0x96cd1c35) | 0;
    d = (Math.imul(rotate(d ^ scrambleD(word(bytes, at + 12)), 13) + a, 5) + 0x32ac3b17) | 0;
  }
  // The last 0 to 15 bytes, as if zeros followed; a lane that none of them reaches stays as it is.
  if (at < end) a ^= scrambleA(tail(bytes, at, end));
  if (at + 4 < end) b ^= scrambleB(tail(bytes, at + 4, end));
  if (at + 8 < end) c ^= scrambleC(tail(bytes, at + 8, end));
  if (at + 12 < end) d ^= scrambleD(tail(bytes, at + 12, end));
  return finish(a, b, c, d, end - start);
}

/** The first 64 bits as 16 hex digits. */
export function hash64(bytes: Uint8Array): string {
  const [first, second] = murmur3(bytes) as unknown as [number, number];
  return first.toString(16).padStart(8, "0") + second.toString(16).padStart(8, "0");
}

const result = new Uint32Array(4);

/** Mixes the lanes into each other: the others into the first, then the first into the others, twice. */
function finish(a0: number, b0: number, c0: number, d0: number, length: number): Uint32Array {
  const sum = (a0 ^ length) + (b0 ^ length) + (c0 ^ length) + (d0 ^ length);
  const a = avalanche(sum | 0);
  const b = avalanche(((b0 ^ length) + sum) | 0);
  const c = avalanche(((c0 ^ length) + sum) | 0);
  const d = avalanche(((d0 ^ length) + sum) | 0);
  const total = a + b + c + d;
  result[0] = total;
  result[1] = b + total;
  result[2] = c + total;
  result[3] = d + total;
  return result;
}

function scrambleA(value: number): number {
  return Math.imul(rotate(Math.imul(value, 0x239b961b), 15), 0xab0e9789);
}

function scrambleB(value: number): number {
  return Math.imul(rotate(Math.imul(value, 0xab0e9789), 16), 0x38b34ae5);
}

function scrambleC(value: number): number {
  return Math.imul(rotate(Math.imul(value, 0x38b34ae5), 17), 0xa1e38b93);
}

function scrambleD(value: number): number {
  return Math.imul(rotate(Math.imul(value, 0xa1e38b93), 18), 0x239b961b);
}

function avalanche(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

/** Up to four bytes before `end`. */
function tail(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 <= end) return word(bytes, at);
  let value = bytes[at]!;
  if (at + 1 < end) value |= bytes[at + 1]! << 8;
  if (at + 2 < end) value |= bytes[at + 2]! << 16;
  return value;
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
