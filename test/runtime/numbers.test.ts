import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, test } from "vitest";
import { createTranslator } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
import { arbitraryBytes, tagged, unknownField } from "./arbitrary-bytes.js";
import { messageOf, planOf } from "./hand-plan.js";
import { holdRoundTrips, type Pair } from "./hold-round-trips.js";

// Every numeric type becomes every other.

const types = [
  "double",
  "float",
  "int64",
  "uint64",
  "int32",
  "fixed64",
  "fixed32",
  "bool",
  "uint32",
  "sfixed32",
  "sfixed64",
  "sint32",
  "sint64",
  "Color",
];
const pairs = types.flatMap((from) => types.map((to) => ({ from, to, name: `${from}_${to}`.toLowerCase() })));

function source(generation: "v3" | "v4"): string {
  const fields = pairs.map(
    ({ from, to, name }, index) => `${generation === "v3" ? from : to} ${name} = ${index + 1};`,
  );
  return `syntax = "proto3"; package num.${generation}; enum Color { A = 0; B = 1; C = -5; } message M { ${fields.join("\n")} }`;
}

let pair: Pair;
beforeAll(async () => {
  const { registry } = await compile({ "num/v3/m.proto": source("v3"), "num/v4/m.proto": source("v4") });
  const [v3, v4] = [messageOf(registry, "num.v3.M"), messageOf(registry, "num.v4.M")];
  const changed = pairs.map(({ name }, index) => ({
    kind: "convert" as const,
    digest: (index + 1).toString(16).padStart(16, "0"),
    v3: planOf(v3, name),
    v4: planOf(v4, name),
    element: { kind: "number" as const },
  }));
  const changes = { digest: "00000000000000ff", same: [], changed, only: [], reserved: [] };
  const plan = {
    messages: [{ v3: v3.typeName, v4: v4.typeName, contract: "CANON" as const, changes }],
    shapes: [],
  };
  pair = {
    v3,
    v4,
    plan,
    translator: createTranslator(plan, v3.typeName),
    v3Bytes: arbitraryBytes(v3, { unknown: { "num.v3.M": unknownField(900) } }),
    v4Bytes: arbitraryBytes(v4, { unknown: { "num.v4.M": unknownField(900) } }),
    share: 0.001,
  };
});

holdRoundTrips(() => pair, 400);

describe("a number", () => {
  // biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
  const up = (init: any): any =>
    fromBinary(pair.v4, pair.translator.up(toBinary(pair.v3, create(pair.v3, init))).value);

  test("is cut over there as a parser cuts it", () => {
    expect(up({ int64Int32: 2n ** 40n + 5n, int64Bool: 256n, uint64Sint32: 2n ** 32n - 1n })).toMatchObject({
      int64Int32: 5,
      int64Bool: true,
      uint64Sint32: -1,
    });
    expect(up({ doubleFloat: 0.1, int64Double: 2n ** 53n + 1n, int32Fixed32: -1 })).toMatchObject({
      doubleFloat: Math.fround(0.1),
      int64Double: 2 ** 53,
      int32Fixed32: 2 ** 32 - 1,
    });
  });

  test("that an integer cannot say at all is left out", () => {
    expect(
      up({ doubleInt32: 1.5, floatInt64: Number.NaN, doubleInt64: Infinity, doubleUint32: -1 }),
    ).toMatchObject({
      doubleInt32: 0,
      floatInt64: 0n,
      doubleInt64: 0n,
      doubleUint32: 0,
    });
    expect(up({ doubleInt32: -7, doubleBool: 1, floatUint64: 2 ** 40 })).toMatchObject({
      doubleInt32: -7,
      doubleBool: true,
      floatUint64: 2n ** 40n,
    });
  });

  test("that is no number keeps its bits, and a zero its sign", () => {
    const trust = { stash: "trust" } as const;
    const float = pair.v3.fields.find(({ name }) => name === "float_double")!.number;
    for (const bits of [
      [1, 0, 0xc0, 0x7f],
      [0, 0, 0, 0x80],
    ]) {
      const bytes = tagged(float, WireType.Fixed32, Uint8Array.from(bits));
      expect(pair.translator.down(pair.translator.up(bytes).value, trust).value).toEqual(bytes);
    }
  });

  test("is stashed only where it does not come back", () => {
    const { value } = pair.translator.up(
      toBinary(
        pair.v3,
        create(pair.v3, { int32Int64: -3, floatDouble: 1.5, int64Double: 77n, boolInt32: true }),
      ),
    );
    expect(Buffer.from(value).includes(Buffer.from(tagged(19404, 2, new Uint8Array()).subarray(0, 3)))).toBe(
      false,
    );
  });
});
