import { expect, test } from "vitest";
import { createChain, createTranslator, type Plan } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { join, tagged } from "./arbitrary-bytes.js";

// Stashes where no stub of the sender's generation sees them: in bytes, and in fields that it does not know.

const inside = { number: 3, name: "inside", type: "message", message: "h.Profile" } as const;
const changes = { digest: "00000000000000ff", same: [], reserved: [] };
const plan: Plan = {
  messages: [
    {
      v3: "h.v3.M",
      v4: "h.v4.M",
      contract: "CANON",
      changes: {
        ...changes,
        changed: [
          {
            kind: "convert",
            digest: "00000000000000a1",
            element: { kind: "blob" },
            v3: { number: 1, name: "profile", type: "bytes" },
            v4: { number: 1, name: "profile", type: "message", message: "h.Profile" },
          },
        ],
        only: [
          {
            side: "v4",
            digest: "00000000000000a2",
            field: { number: 2, name: "fresh", type: "message", message: "h.Profile" },
          },
        ],
      },
    },
  ],
  shapes: [{ message: "h.Profile", fields: [{ number: 1, name: "name", type: "string" }, inside] }],
};
const { up } = createTranslator(plan, "h.v3.M");

const name = tagged(1, WireType.Bytes, Uint8Array.of(0x61));
const layer = tagged(19404, WireType.Bytes, Uint8Array.of(0x12, 0));
const profile = (...stash: readonly Uint8Array[]) =>
  join([name, ...stash, tagged(inside.number, WireType.Bytes, join([name, ...stash]))]);

test.each([
  { number: 1, field: "profile", place: "bytes that become a message" },
  { number: 2, field: "fresh", place: "a field that only the other side knows" },
])("a stash in $place comes from nobody trusted", ({ number, field }) => {
  const hidden = tagged(number, WireType.Bytes, profile(layer));
  expect(up(hidden)).toEqual({
    value: tagged(number, WireType.Bytes, profile()),
    lost: [
      { path: field, reason: "stripped" },
      { path: `${field}.inside`, reason: "stripped" },
    ],
  });
  expect(up(hidden, { stash: "trust" }).value.subarray(0, hidden.length)).toEqual(hidden);
  const clean = tagged(number, WireType.Bytes, profile());
  expect(up(clean)).toEqual({ value: clean, lost: [] });
});

test.each([1, 2])("a chain strips it from field %i as its hops do", (number) => {
  const next: Plan = {
    messages: [
      {
        v3: "h.v4.M",
        v4: "h.v5.M",
        contract: "CANON",
        changes: {
          ...changes,
          digest: "00000000000000fd",
          changed: [
            {
              kind: "renumber",
              v3: { number: 8, name: "size", type: "int32" },
              v4: { number: 9, name: "size", type: "int32" },
            },
          ],
          only: [],
        },
      },
    ],
    shapes: [],
  };
  const last = createTranslator(next, "h.v4.M");
  const hidden = join([
    tagged(number, WireType.Bytes, profile(layer)),
    tagged(8, WireType.Varint, Uint8Array.of(1)),
  ]);
  const { value, lost } = createChain([plan, next], "h.v3.M").up(hidden);
  expect(value).toEqual(last.up(up(hidden).value).value);
  expect(lost.map(({ reason }) => reason)).toEqual(["stripped", "stripped"]);
});
