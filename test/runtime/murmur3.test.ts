import { expect, test } from "vitest";
import { hash64, murmur3 } from "../../src/runtime/murmur3.js";

test("the hash has SMHasher's verification value", () => {
  const hashes = new Uint8Array(256 * 16);
  const key = new Uint8Array(256);
  for (let length = 0; length < 256; length++) {
    key[length] = length;
    hashes.set(littleEndian(murmur3(key, 0, length, 256 - length)), length * 16);
  }
  expect(murmur3(hashes)[0]!.toString(16)).toBe("b3ece62a");
});

test("the short form is the first 64 bits in hex, zeros kept", () => {
  expect(hash64(new Uint8Array())).toBe("0000000000000000");
  const [first = 0, second = 0] = [...murmur3(Uint8Array.of(1, 2, 3))];
  expect(BigInt(`0x${hash64(Uint8Array.of(1, 2, 3))}`)).toBe((BigInt(first) << 32n) | BigInt(second));
});

function littleEndian(words: Iterable<number>): Uint8Array {
  return new Uint8Array(Uint32Array.from(words).buffer);
}
