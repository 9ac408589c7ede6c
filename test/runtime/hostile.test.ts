import { type DescField, type DescMessage, fromBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { TranslateError } from "../../src/runtime/index.js";
import { WireReader, WireType } from "../../src/wire/index.js";
import { anyV3, anyV4 } from "./any-record.js";
import { join, scalarOf, tagged, varintBytes, wireTypeOf, wireTypesOf } from "./arbitrary-bytes.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

const ways = [
  { way: "up", from: "v3", to: "v4" },
  { way: "down", from: "v4", to: "v3" },
] as const;

test.each(ways)("$way takes any bytes, or says what is wrong with them", ({ way }) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom("trust", "strip"), (bytes, stash) => {
      attempt(() => kinds.translator[way](bytes, { stash }));
    }),
    { numRuns: 3000 },
  );
});

test.each(ways)(
  "$way makes bytes that a stub reads of damaged bytes that a stub reads",
  ({ way, from, to }) => {
    const whole = from === "v3" ? anyV3(kinds) : anyV4(kinds);
    let read = 0;
    fc.assert(
      fc.property(fc.tuple(whole, fc.nat(), fc.nat(255), fc.boolean()).map(damage), (bytes) => {
        const result = attempt(() => kinds.translator[way](bytes));
        if (result === undefined || !isReadable(from, bytes)) return;
        read++;
        fromBinary(kinds[to], result.value);
      }),
      { numRuns: 2000 },
    );
    expect(read).toBeGreaterThan(200);
  },
);

test.each(ways)("$way survives damaged stashes from a trusted hop", ({ way, from }) => {
  const whole = from === "v3" ? anyV4(kinds) : anyV3(kinds);
  const stashed = whole.map((bytes) => kinds.translator[way === "up" ? "down" : "up"](bytes).value);
  fc.assert(
    fc.property(fc.tuple(stashed, fc.nat(), fc.nat(255), fc.boolean()).map(damage), (bytes) => {
      attempt(() => kinds.translator[way](bytes, { stash: "trust" }));
    }),
    { numRuns: 2000 },
  );
});

test("bytes beside the message are not read", () => {
  fc.assert(
    fc.property(anyV3(kinds), fc.nat(), (bytes, cut) => {
      const part = bytes.slice(0, cut % (bytes.length + 1));
      const within = join([Uint8Array.of(8, 8, 8), part, bytes]).subarray(3, 3 + part.length);
      const alone = attempt(() => kinds.translator.up(part));
      expect(attempt(() => kinds.translator.up(within))).toEqual(alone);
    }),
    { numRuns: 300 },
  );
});

test("an error names the code and the field", () => {
  const cases = [
    { bytes: [0x08], code: "truncated", path: "" },
    { bytes: [0x00], code: "tag-invalid", path: "" },
    { bytes: [0x0a, 0x7f, 0x61], code: "truncated", path: "" },
    { bytes: [...tagged(12, 2, Uint8Array.of(0x08))], code: "truncated", path: "child" },
    {
      bytes: [...tagged(27, 2, tagged(12, 2, Uint8Array.of(0x0f)))],
      code: "tag-invalid",
      path: "next.child",
    },
    {
      bytes: [...tagged(14, 2, Uint8Array.of()), ...tagged(14, 2, tagged(3, 2, Uint8Array.of(0x08)))],
      code: "truncated",
      path: "children[1].child",
    },
    {
      bytes: [...tagged(15, 2, Uint8Array.of(10, 1, 0x61, 18, 1, 0x08))],
      code: "truncated",
      path: 'by_name["a"]',
    },
    { bytes: [0x1b, 0x08, 0x01], code: "truncated", path: "" },
    { bytes: [0x1c], code: "group-unmatched", path: "" },
    { bytes: [0x20, ...new Uint8Array(10).fill(0xff), 1], code: "varint-overlong", path: "" },
  ];
  for (const { bytes, code, path } of cases)
    expect(() => kinds.translator.up(Uint8Array.from(bytes)), String(bytes)).toThrow(
      expect.objectContaining({ name: "TranslateError", code, path }),
    );
});

test("nesting ends at the limit, and messages at theirs", () => {
  const nested = (levels: number) => {
    let bytes: Uint8Array = tagged(1, WireType.Bytes, Uint8Array.of(0x61));
    for (let level = 0; level < levels; level++) bytes = tagged(27, WireType.Bytes, bytes);
    return bytes;
  };
  const { up } = kinds.translator;
  expect(up(nested(100)).value).toEqual(nested(100));
  expect(() => up(nested(101))).toThrow(expect.objectContaining({ code: "too-deep" }));
  expect(() => up(nested(3), { depthLimit: 2 })).toThrow(expect.objectContaining({ code: "too-deep" }));
  expect(() => up(nested(5000))).toThrow(expect.objectContaining({ code: "too-deep" }));
  expect(() => up(nested(3), { maxBytes: 5 })).toThrow(expect.objectContaining({ code: "too-large" }));
});

test("output that stashes blow up ends at the limit", () => {
  const swollen = join(
    Array.from({ length: 100 }, () =>
      tagged(14, WireType.Bytes, tagged(4, WireType.Varint, Uint8Array.of(1))),
    ),
  );
  expect(() => kinds.translator.up(swollen, { maxBytes: swollen.length * 2 })).toThrow(
    expect.objectContaining({ code: "too-large" }),
  );
  expect(kinds.translator.up(swollen).value.length).toBeGreaterThan(swollen.length * 2);
});

test("submessages that merge at every level take no more time than their size", () => {
  let bytes: Uint8Array = tagged(4, WireType.Varint, varintBytes(7n));
  for (let level = 0; level < 60; level++)
    bytes = join([tagged(27, WireType.Bytes, new Uint8Array()), tagged(27, WireType.Bytes, bytes)]);
  const { value } = kinds.translator.up(bytes);
  expect(value.length).toBeLessThan(bytes.length);
}, 5000);

function attempt<Result>(translate: () => Result): Result | undefined {
  try {
    return translate();
  } catch (error) {
    if (error instanceof TranslateError) return undefined;
    throw error;
  }
}

function isReadable(side: "v3" | "v4", bytes: Uint8Array): boolean {
  try {
    checkStrictly(kinds[side], bytes);
    fromBinary(kinds[side], bytes);
    return true;
  } catch {
    return false;
  }
}

/**
 * protobuf-es reads on behind the end of a submessage, values of wrong wire types as if they were right, and
 * does not skip unknown fields of a map's entry.
 */
function checkStrictly(desc: DescMessage, bytes: Uint8Array): void {
  for (const { number, wireType, content } of fieldsOf(bytes)) {
    const field = desc.fields.find((each) => each.number === number);
    if (field === undefined) continue;
    expect(wireTypesOf(field)).toContain(wireType);
    if (field.fieldKind === "map") checkEntry(field, content());
    else if (field.message) checkStrictly(field.message, content());
  }
}

function checkEntry(map: DescField & { readonly fieldKind: "map" }, bytes: Uint8Array): void {
  for (const { number, wireType, content } of fieldsOf(bytes)) {
    expect([1, 2]).toContain(number);
    expect(wireType).toBe(wireTypeOf(number === 1 ? map.mapKey : scalarOf(map)));
    if (number === 2 && map.message) checkStrictly(map.message, content());
  }
}

function* fieldsOf(bytes: Uint8Array) {
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = reader.tag();
    const start = reader.pos;
    reader.skip(tag);
    const content = () => new WireReader(bytes.subarray(start, reader.pos)).subarray();
    yield { number: tag >>> 3, wireType: (tag & 7) as WireType, content };
  }
}

/** One byte replaced, or the end cut off. */
function damage([bytes, at, byte, cut]: readonly [Uint8Array, number, number, boolean]): Uint8Array {
  if (cut) return bytes.slice(0, at % (bytes.length + 1));
  const damaged = bytes.slice();
  if (damaged.length > 0) damaged[at % damaged.length] = byte;
  return damaged;
}
