import { expect, test } from "vitest";
import type { Plan } from "../../src/runtime/index.js";
import { createTranslator } from "../../src/runtime/index.js";
import { makeLayer, stashNumber } from "../../src/runtime/stash.js";
import { WireType } from "../../src/wire/index.js";
import { join, tagged, varintBytes } from "./arbitrary-bytes.js";

const part = { name: "part", type: "message", message: "t.Part" } as const;
const size = { number: 3, name: "size" } as const;
const changes = { same: [], only: [], reserved: [] };
const plan: Plan = {
  messages: [
    {
      v3: "t.v3.M",
      v4: "t.v4.M",
      contract: "CANON",
      changes: {
        ...changes,
        digest: "00000000000000ff",
        changed: [
          {
            kind: "replaced",
            digest: "00000000000000a1",
            v3: { ...part, number: 1 },
            v4: { ...part, number: 2, name: "fresh" },
            bridge: { ...part, number: 1 },
            element: { kind: "nested", message: "t.v3.Part" },
          },
          {
            kind: "convert",
            digest: "00000000000000a2",
            element: { kind: "number" },
            v3: { ...size, type: "int32" },
            v4: { ...size, type: "int64" },
          },
        ],
      },
    },
    {
      v3: "t.v3.Part",
      v4: "t.v4.Part",
      contract: "CANON",
      changes: {
        ...changes,
        digest: "00000000000000fe",
        changed: [],
        only: [{ side: "v3", field: { number: 5, name: "note", type: "int32" } }],
      },
    },
  ],
  shapes: [{ message: "t.Part", fields: [] }],
};

test("to find out what a value would become stashes nothing", () => {
  const note = tagged(5, WireType.Varint, Uint8Array.of(1));
  const stash = tagged(
    stashNumber,
    WireType.Bytes,
    makeLayer([{ entry: "00000000000000fe", fragment: note }]),
  );
  const bytes = join([
    tagged(2, WireType.Bytes, stash),
    tagged(3, WireType.Varint, varintBytes(2n ** 40n + 5n)),
  ]);
  const { down } = createTranslator(plan, "t.v3.M");
  const { value, lost } = down(bytes, { stash: "trust", stashLimit: { items: 1 } });
  expect(lost).toEqual([]);
  expect(value.subarray(0, 4)).toEqual(tagged(1, WireType.Bytes, note));
});
