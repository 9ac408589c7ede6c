import fc from "fast-check";
import { expect, test } from "vitest";
import { WireReader, WireWriter } from "../../src/wire/index.js";

test("numbers are read as they were written", () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (small, large) => {
      const writer = new WireWriter(0);
      writer.varint(small);
      writer.varint64(large);
      writer.fixed64(large);
      const bytes = writer.finish();
      const reader = new WireReader(bytes);
      expect([reader.varint(), reader.varint64()]).toEqual([small, large]);
      expect(new DataView(bytes.buffer, bytes.byteOffset + reader.pos).getBigUint64(0, true)).toBe(large);
    }),
  );
});

test("a negative number is written in two's complement", () => {
  const writer = new WireWriter();
  writer.varint64(-1n);
  expect(writer.finish()).toEqual(Uint8Array.of(...new Uint8Array(9).fill(0xff), 1));
});

test("a length fits its value, whatever length was expected", () => {
  const lengths = fc.constantFrom(0, 1, 127, 128, 300, 16_383, 16_384, 70_000);
  fc.assert(
    fc.property(lengths, lengths, (length, expected) => {
      const writer = new WireWriter(8);
      writer.varint(7);
      const start = writer.open(expected);
      const content = new Uint8Array(length).fill(9);
      writer.raw(content);
      writer.close(start, expected);
      writer.varint(5);
      const reader = new WireReader(writer.finish());
      expect(reader.varint()).toBe(7);
      expect(Buffer.compare(reader.subarray(), content)).toBe(0);
      expect([reader.varint(), reader.done]).toEqual([5, true]);
    }),
  );
});
