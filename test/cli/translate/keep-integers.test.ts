import { fromJsonString, toJsonString } from "@bufbuild/protobuf";
import {
  DoubleValueSchema,
  Int64ValueSchema,
  StringValueSchema,
  StructSchema,
  UInt64ValueSchema,
} from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keepIntegers } from "../../../src/cli/translate/keep-integers.js";

test("every 64-bit integer is read whole, with and without quotes", () => {
  const int64 = keepIntegers(Int64ValueSchema);
  const uint64 = keepIntegers(UInt64ValueSchema);
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
      expect(fromJsonString(Int64ValueSchema, int64(`${value}`)).value).toBe(value);
      expect(fromJsonString(Int64ValueSchema, int64(`"${value}"`)).value).toBe(value);
      const positive = BigInt.asUintN(64, value);
      expect(fromJsonString(UInt64ValueSchema, uint64(` ${positive}\r`)).value).toBe(positive);
    }),
  );
});

test("every double is read as it was written", () => {
  const keep = keepIntegers(DoubleValueSchema);
  fc.assert(
    // JSON.stringify writes −0 as 0.
    fc.property(fc.oneof(fc.double(), fc.double({ min: 2 ** 53, max: 2 ** 70 })), (drawn) => {
      const value = drawn === 0 ? 0 : drawn;
      const json = toJsonString(DoubleValueSchema, { $typeName: "google.protobuf.DoubleValue", value });
      expect(fromJsonString(DoubleValueSchema, keep(json)).value).toBe(value);
    }),
  );
});

test("digits in strings are let alone, whatever quotes and backslashes are around them", () => {
  const keep = keepIntegers(StringValueSchema);
  const text = fc
    .array(fc.constantFrom('"', "\\", "9007199254740993", ",", "{", "é"))
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (value) => {
      expect(JSON.parse(keep(JSON.stringify(value)))).toBe(value);
    }),
  );
});

test("a number that nothing can hold is refused, however long it is", () => {
  for (const digits of ["9".repeat(400), "9".repeat(3_000_000)]) {
    const text = keepIntegers(Int64ValueSchema)(digits);
    expect(text).toBe(`"${digits}"`);
    expect(() => fromJsonString(Int64ValueSchema, text)).toThrow(/int64/);
  }
});

test("a string of 30 MB is no trouble", () => {
  const json = JSON.stringify("9007199254740993".repeat(2_000_000));
  expect(keepIntegers(StringValueSchema)(json)).toBe(json);
});

test("where a string would be another value, a number that cannot be kept is refused", () => {
  const keep = keepIntegers(StructSchema);
  expect(keep('{"a": 9007199254740992}')).toBe('{"a": 9007199254740992}');
  expect(() => keep('{"a": 9007199254740993}')).toThrow(/9007199254740993 has more digits.*quotes/);
});
