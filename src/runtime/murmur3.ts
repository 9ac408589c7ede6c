/**
 * MurmurHash3 x86_128 as four unsigned 32-bit numbers. It tells an edited value from an untouched one; it
 * authenticates nothing.
 * @see https://github.com/aappleby/smhasher/blob/master/src/MurmurHash3.cpp
 */
export function murmur3(bytes: Uint8Array, seed: number = 0): readonly [number, number, number, number] {
  const hash: Lanes = [seed, seed, seed, seed];
  const whole = bytes.length & ~15;
  for (let at = 0; at < whole; at += 16) mixBlock(hash, bytes, at);
  mixTail(hash, bytes, whole);
  return finish(hash, bytes.length);
}

/** The first 64 bits as 16 hex digits. */
export function hash64(bytes: Uint8Array): string {
  const [first, second] = murmur3(bytes);
  return first.toString(16).padStart(8, "0") + second.toString(16).padStart(8, "0");
}

type Lanes = [number, number, number, number];

function mixBlock(hash: Lanes, bytes: Uint8Array, at: number): void {
  for (let lane = 0; lane < 4; lane++) {
    const next = (lane + 1) & 3;
    hash[lane]! ^= scramble(word(bytes, at + 4 * lane), lane);
    hash[lane] = (rotate(hash[lane]!, turns[lane]!) + hash[next]!) | 0;
    hash[lane] = (Math.imul(hash[lane]!, 5) + addends[lane]!) | 0;
  }
}

/** The last 0 to 15 bytes, as if zeros followed; a lane that none of them reaches stays as it is. */
function mixTail(hash: Lanes, bytes: Uint8Array, start: number): void {
  const tail = new Uint8Array(16);
  tail.set(bytes.subarray(start));
  for (let lane = 0; 4 * lane < bytes.length - start; lane++)
    hash[lane]! ^= scramble(word(tail, 4 * lane), lane);
}

function finish(hash: Lanes, length: number): [number, number, number, number] {
  const [a, b, c, d] = spread(hash.map((lane) => lane ^ length));
  const [e, f, g, h] = spread([a, b, c, d].map(avalanche));
  return [e >>> 0, f >>> 0, g >>> 0, h >>> 0];
}

/** Adds the others to the first lane, then the first to the others. */
function spread([a = 0, b = 0, c = 0, d = 0]: readonly number[]): Lanes {
  const sum = (a + b + c + d) | 0;
  return [sum, (b + sum) | 0, (c + sum) | 0, (d + sum) | 0];
}

function scramble(value: number, lane: number): number {
  const mixed = rotate(Math.imul(value, factors[lane]!), 15 + lane);
  return Math.imul(mixed, factors[(lane + 1) & 3]!);
}

function avalanche(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

const factors = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
const addends = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17] as const;
const turns = [19, 17, 15, 13] as const;
