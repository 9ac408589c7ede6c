import { expect, test } from "vitest";
import { createTranslator, type Plan, strip } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { join, tagged, varintBytes } from "./arbitrary-bytes.js";

// What messages cost that were made to cost much: time grows with their size, not with its square or its depth.

const child = { number: 1, name: "child", type: "message" } as const;
const items = { number: 6, name: "items", type: "message", label: "repeated" } as const;
const plan: Plan = {
  messages: [
    {
      v3: "g.v3.Node",
      v4: "g.v4.Node",
      contract: "CANON",
      changes: {
        digest: "00000000000000ff",
        same: [],
        changed: [
          { kind: "nested", v3: child, v4: child, message: "g.v3.Node" },
          { kind: "nested", v3: items, v4: items, message: "g.v3.Node" },
          {
            kind: "renumber",
            v3: { number: 2, name: "a", type: "int32" },
            v4: { number: 3, name: "a", type: "int32" },
          },
        ],
        only: [],
        reserved: [[10, 15]],
      },
    },
  ],
  shapes: [],
};
const { up } = createTranslator(plan, "g.v3.Node");

const layer = tagged(19404, WireType.Bytes, new Uint8Array());

test("a stash at every level takes no more time for each level than for one", () => {
  let bytes = tagged(2, WireType.Varint, Uint8Array.of(7));
  for (let level = 0; level < 90; level++) bytes = join([tagged(1, WireType.Bytes, bytes), layer]);
  const { value, lost } = up(bytes, { stash: "trust" });
  expect(lost).toEqual([]);
  expect(value.length).toBe(bytes.length);
}, 20_000);

test("stashes in all elements of a list are told by reading it once", () => {
  const list = join(Array.from({ length: 20_000 }, () => tagged(6, WireType.Bytes, layer)));
  for (const { lost } of [up(list), strip(plan, "g.v3.Node", list)]) {
    expect(lost.length).toBe(20_000);
    expect(lost.at(-1)).toEqual({ path: "items[19999]", reason: "stripped" });
  }
}, 20_000);

test("lists in lists are told by their own indexes", () => {
  const inner = tagged(
    6,
    WireType.Bytes,
    join([tagged(6, WireType.Bytes, layer), tagged(6, WireType.Bytes, layer)]),
  );
  const paths = ["items[0].items[0]", "items[0].items[1]", "items[1].items[0]", "items[1].items[1]"];
  for (const { lost } of [up(join([inner, inner])), strip(plan, "g.v3.Node", join([inner, inner]))])
    expect(lost.map(({ path }) => path)).toEqual(paths);
});

const wrong = {
  number: 1,
  name: "by_name",
  type: "message",
  label: "map",
  message: "g.v3.M.ByNameEntry",
} as const;
const right = { ...wrong, message: "g.v4.M.ByNameEntry" } as const;
const key = { number: 1, name: "key", type: "int32" } as const;
const part = (number: number, name: string) =>
  ({ number, name, type: "message", message: "g.Part", oneof: "one" }) as const;
const whole = (type: "bytes" | "message") =>
  ({ number: 2, name: "whole", type, message: "g.Whole" }) as const;
const values: Plan = {
  messages: [
    {
      v3: "g.v3.M",
      v4: "g.v4.M",
      contract: "CANON",
      changes: {
        digest: "00000000000000fe",
        same: [],
        changed: [
          {
            kind: "convert",
            digest: "00000000000000a1",
            v3: wrong,
            v4: right,
            element: { kind: "entry", key: { kind: "copy" }, value: { kind: "enum", values: [[1, 2]] } },
          },
          {
            kind: "convert",
            digest: "00000000000000a2",
            v3: whole("bytes"),
            v4: whole("message"),
            element: { kind: "blob" },
          },
        ],
        only: [],
        reserved: [],
      },
    },
  ],
  shapes: [
    { message: wrong.message, fields: [key, { number: 2, name: "value", type: "enum", closed: [0, 1] }] },
    { message: right.message, fields: [key, { number: 2, name: "value", type: "enum", closed: [0, 2] }] },
    { message: "g.Whole", fields: [part(1, "one"), part(2, "other")] },
    { message: "g.Part", fields: [] },
  ],
};
const translator = createTranslator(values, "g.v3.M");

const entry = (number: number, value: number) =>
  tagged(
    1,
    WireType.Bytes,
    join([
      tagged(1, WireType.Varint, varintBytes(BigInt(number))),
      tagged(2, WireType.Varint, Uint8Array.of(value)),
    ]),
  );

test("a map of more entries than a stack holds arguments goes to the stash, entry by entry", () => {
  const bytes = join(Array.from({ length: 130_000 }, (_, index) => entry(index, 9)));
  const options = { stashLimit: { items: 200_000 } };
  const { value, lost } = translator.up(bytes, options);
  expect(lost).toEqual([]);
  expect(value.length).toBeGreaterThan(bytes.length);
}, 20_000);

test("entries of one key that count for nothing are kept by reading them once", () => {
  const bytes = join(Array.from({ length: 100_000 }, () => entry(1, 9)));
  const { value } = translator.up(bytes);
  expect(areSame(translator.down(value, { stash: "trust" }).value, bytes)).toBe(true);
}, 20_000);

test("members of a oneof in any number may be overruled by another", () => {
  const empty = tagged(1, WireType.Bytes, new Uint8Array());
  const content = join([...Array.from({ length: 130_000 }, () => empty), tagged(2, WireType.Bytes, empty)]);
  const bytes = tagged(2, WireType.Bytes, content);
  const { value } = translator.up(bytes);
  expect(areSame(translator.down(value, { stash: "trust" }).value, bytes)).toBe(true);
}, 20_000);

/** As `toEqual`, which takes seconds for a megabyte. */
function areSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

test("fields that the other side cannot take cost the memory of their bytes", () => {
  const bytes = join(
    Array.from({ length: 70_000 }, () =>
      join([tagged(10, WireType.Varint, Uint8Array.of(1)), tagged(9, WireType.Varint, Uint8Array.of(1))]),
    ),
  );
  const { value, lost } = up(bytes);
  expect(lost).toEqual([]);
  expect(value.length).toBeGreaterThan(bytes.length);
  expect(value.length).toBeLessThan(bytes.length + 32);
  // The fast lane is as it was for who comes next.
  const one = bytes.subarray(0, 4);
  expect(up(one).value.length).toBeGreaterThan(one.length);
}, 20_000);
