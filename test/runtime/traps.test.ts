import { describe, expect, test } from "vitest";
import { WireType } from "../../src/wire/index.js";
import { type LoadedPair, loadPair, trust } from "../failures/load-pair.js";
import { join, tagged, varintBytes } from "./arbitrary-bytes.js";
import { recode } from "./canonical-form.js";

// What implementations of protobuf do to bytes that pass through them, and must not cost anything on the way back.

const small = (value: number) => Uint8Array.of(value);
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** Up, through a stub of v4 that reads and writes it, and down. */
function roundTrip({ translator, v4 }: LoadedPair, bytes: Uint8Array): Uint8Array {
  const { value, lost } = translator.down(recode(v4.desc, translator.up(bytes).value), trust);
  expect(lost).toEqual([]);
  return value;
}

describe("numbers", () => {
  test("a number that is cut is no edit: what counts is what the other side reads", async () => {
    const pair = await loadPair({ v3: "message M { int64 a = 1; }", v4: "message M { int32 a = 1; }" });
    const bytes = tagged(1, WireType.Varint, varintBytes(2n ** 40n + 5n));
    expect(pair.v4.read(pair.translator.up(bytes).value)).toEqual({ a: 5 });
    expect(roundTrip(pair, bytes)).toEqual(bytes);
  });

  test("−0 and the payload of a NaN come back", async () => {
    const pair = await loadPair({
      v3: "message M { optional double a = 1; optional float b = 2; optional double c = 3; }",
      v4: "message M { optional float a = 1; optional double b = 2; optional int64 c = 3; }",
    });
    const minusZero = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x80);
    const nan = Uint8Array.of(1, 2, 0xc3, 0xff);
    const bytes = join([
      tagged(1, WireType.Fixed64, minusZero),
      tagged(2, WireType.Fixed32, nan),
      tagged(3, WireType.Fixed64, minusZero),
    ]);
    expect(hex(roundTrip(pair, bytes))).toBe(hex(bytes));
  });
});

describe("closed enums", () => {
  test("a number that v4's does not know comes back beside other unknown fields", async () => {
    const pair = await loadPair({
      syntax: { v3: "proto3", v4: "proto2" },
      v3: "message M { E a = 1; map<string, E> b = 2; } enum E { Z = 0; A = 1; }",
      v4: "message M { optional E a = 1; map<string, E> b = 2; } enum E { Z = 0; A = 1; }",
    });
    const entry = join([tagged(1, WireType.Bytes, Buffer.from("k")), tagged(2, WireType.Varint, small(8))]);
    const bytes = join([
      tagged(1, WireType.Varint, small(7)),
      tagged(2, WireType.Bytes, entry),
      tagged(50, WireType.Varint, small(1)),
    ]);
    expect(pair.v4.read(pair.translator.up(bytes).value)).toEqual({});
    const back = roundTrip(pair, bytes);
    expect(pair.v3.read(back)).toEqual({ a: 7, b: { k: 8 } });
    expect(hex(back)).toContain(hex(tagged(50, WireType.Varint, small(1))));
  });
});

describe("occurrences", () => {
  test("a message that comes in parts is one, changed or not", async () => {
    const inner = "repeated int32 list = 2; N n = 3; }";
    const pair = await loadPair({
      v3: `message M { N n = 1; } message N { int32 a = 1; ${inner}`,
      v4: `message M { N n = 1; } message N { int64 a = 4; ${inner}`,
    });
    const parts = [
      join([tagged(1, WireType.Varint, small(1)), tagged(2, WireType.Varint, small(5))]),
      join([
        tagged(2, WireType.Varint, small(6)),
        tagged(3, WireType.Bytes, tagged(1, WireType.Varint, small(9))),
      ]),
    ];
    const bytes = join(parts.map((part) => tagged(1, WireType.Bytes, part)));
    const whole = { n: { a: 1, list: [5, 6], n: { a: 9 } } };
    expect(pair.v3.read(bytes)).toEqual(whole);
    expect(pair.v4.read(pair.translator.up(bytes).value)).toEqual({
      n: { a: "1", list: [5, 6], n: { a: "9" } },
    });
    expect(pair.v3.read(roundTrip(pair, bytes))).toEqual(whole);
  });

  test("lists are read packed and not, in any mixture", async () => {
    const pair = await loadPair({
      v3: "message M { repeated int32 a = 1; }",
      v4: 'message M { repeated int64 b = 2 [packed = false, (proto4.field_terms) = {was: "a"}]; }',
    });
    const bytes = join([
      tagged(1, WireType.Varint, small(1)),
      tagged(1, WireType.Bytes, Uint8Array.of(2, 3)),
      tagged(1, WireType.Varint, small(4)),
    ]);
    expect(pair.v4.read(pair.translator.up(bytes).value)).toEqual({ b: ["1", "2", "3", "4"] });
    expect(pair.v3.read(roundTrip(pair, bytes))).toEqual({ a: [1, 2, 3, 4] });
  });

  test("an entry of a map loses its unknown fields in every parser, and has them again", async () => {
    const pair = await loadPair({
      v3: "message M { map<string, int64> a = 1; }",
      v4: "message M { map<string, int32> a = 1; }",
    });
    const known = join([tagged(1, WireType.Bytes, Buffer.from("k")), tagged(2, WireType.Varint, small(3))]);
    const bytes = tagged(1, WireType.Bytes, join([known, tagged(9, WireType.Varint, small(1))]));
    expect(hex(roundTrip(pair, bytes))).toBe(hex(bytes));
  });
});

describe("edges", () => {
  test("bytes that are no text are not put where a stub would make text of them", async () => {
    const pair = await loadPair({
      syntax: "proto2",
      v3: "message M { optional bytes a = 1; repeated bytes b = 2; map<int32, bytes> c = 3; }",
      v4: "message M { optional string a = 1; repeated string b = 2; map<int32, string> c = 3; }",
    });
    const entry = join([tagged(1, WireType.Varint, small(1)), tagged(2, WireType.Bytes, small(0xff))]);
    const bytes = join([
      tagged(1, WireType.Bytes, small(0x80)),
      tagged(2, WireType.Bytes, small(0xff)),
      tagged(3, WireType.Bytes, entry),
    ]);
    expect(pair.v3.read(roundTrip(pair, bytes))).toEqual(pair.v3.read(bytes));
  });

  test("what is required is there, whatever v3 says", async () => {
    const pair = await loadPair({
      syntax: { v3: "proto3", v4: "proto2" },
      v3: "message M { double a = 1; bytes n = 2; }",
      v4: "message M { required int32 a = 1; optional N n = 2; } message N { required int32 x = 1; }",
    });
    const bytes = pair.v3.write({ a: 0.5, n: "CgF4" });
    expect(pair.v4.read(pair.translator.up(bytes).value)).toEqual({ a: 0 });
    expect(pair.v3.read(roundTrip(pair, bytes))).toEqual({ a: 0.5, n: "CgF4" });
  });

  test("oneofs of one name in both generations are two where their members are others", async () => {
    const pair = await loadPair({
      v3: "message M { oneof one { string gone = 1 [(proto4.field_lifecycle) = DEPRECATED]; } oneof two { int32 a = 2; string b = 3; } }",
      v4: "message M { oneof one { int32 a = 2; string b = 3; } }",
    });
    const both = { gone: "x", a: 7 };
    const bytes = pair.v3.write(both);
    expect(pair.v4.read(pair.translator.up(bytes).value)).toEqual({ a: 7 });
    expect(pair.v3.read(roundTrip(pair, bytes))).toEqual(both);
  });

  test("a message with a payload keeps no more than the payload does", async () => {
    const { mapping } = await loadPair({
      v3: "message M { google.protobuf.Any any = 1; } message N { int32 x = 1; }",
      v4: 'message M { google.protobuf.Any any = 1; } message N { int32 x = 1 [(proto4.field_terms) = {bridge_default: "1"}]; }',
    });
    expect(mapping.messages.map(({ contract }) => contract)).toEqual(["MODULO", "MODULO"]);
  });
});
