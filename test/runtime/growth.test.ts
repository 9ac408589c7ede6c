import { expect, test } from "vitest";
import { createTranslator, type Plan, strip } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { join, tagged } from "./arbitrary-bytes.js";

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
}, 5000);

test("stashes in all elements of a list are told by reading it once", () => {
  const list = join(Array.from({ length: 20_000 }, () => tagged(6, WireType.Bytes, layer)));
  for (const { lost } of [up(list), strip(plan, "g.v3.Node", list)]) {
    expect(lost.length).toBe(20_000);
    expect(lost.at(-1)).toEqual({ path: "items[19999]", reason: "stripped" });
  }
}, 5000);

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
