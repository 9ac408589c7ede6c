import { BinaryWriter } from "@bufbuild/protobuf/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { WireWriter } from "../../src/wire/index.js";

const uint32 = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });

test("what is written is what protobuf-es writes, however small the first buffer", () => {
  fc.assert(
    fc.property(uint32, int64, fc.uint8Array({ maxLength: 300 }), (small, large, bytes) => {
      const ours = new WireWriter(1);
      ours.varint(small);
      ours.varint64(large);
      ours.fixed64(large);
      ours.lengthDelimited(bytes);
      const theirs = new BinaryWriter().uint32(small).int64(large).sfixed64(large).bytes(bytes);
      expect(Buffer.from(ours.finish()).equals(theirs.finish())).toBe(true);
    }),
  );
});

test("a length that was guessed wrong is put right, also inside another", () => {
  const guess = fc.integer({ min: 0, max: 20_000 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), guess, guess, (bytes, outerGuess, innerGuess) => {
      const ours = new WireWriter(1);
      const outer = ours.open(outerGuess);
      ours.varint(7);
      const inner = ours.open(innerGuess);
      ours.raw(bytes);
      ours.close(inner, innerGuess);
      ours.close(outer, outerGuess);
      ours.varint(9);
      const theirs = new BinaryWriter().fork().uint32(7).bytes(bytes).join().uint32(9);
      expect(Buffer.from(ours.finish()).equals(theirs.finish())).toBe(true);
    }),
  );
});
