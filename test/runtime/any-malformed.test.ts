import { expect, test } from "vitest";
import { linkPlan } from "../../src/runtime/link-plan.js";
import type { EntryPlan, Plan } from "../../src/runtime/plan.js";
import { translateMessage } from "../../src/runtime/translate-message.js";
import { createTranslator, translate } from "../../src/runtime/translator.js";
import { WireType } from "../../src/wire/index.js";
import { join, tagged, varintBytes } from "./arbitrary-bytes.js";

// Payloads of google.protobuf.Any that stop the fast lane in their middle.

const detail = { number: 1, name: "detail", type: "message", message: "google.protobuf.Any" } as const;
const narrowed = (digest: string): EntryPlan => ({
  kind: "convert",
  digest,
  element: { kind: "number" },
  v3: { number: 1, name: "size", type: "int32" },
  v4: { number: 1, name: "size", type: "int64" },
});
const changes = { same: [], only: [], reserved: [] };
const plan: Plan = {
  messages: [
    {
      v3: "a.v3.M",
      v4: "a.v4.M",
      contract: "CANON",
      changes: {
        ...changes,
        digest: "00000000000000ff",
        changed: [{ kind: "nested", v3: detail, v4: detail, message: "google.protobuf.Any" }],
      },
    },
    {
      v3: "a.v3.Part",
      v4: "a.v4.Part",
      contract: "CANON",
      changes: {
        ...changes,
        digest: "00000000000000fe",
        changed: [
          narrowed("00000000000000a2"),
          {
            kind: "convert",
            digest: "00000000000000a3",
            element: { kind: "text" },
            v3: { number: 2, name: "text", type: "bytes" },
            v4: { number: 2, name: "text", type: "string", oneof: "what" },
          },
          {
            kind: "renumber",
            v3: { number: 4, name: "code", type: "int32" },
            v4: { number: 3, name: "code", type: "int32", oneof: "what" },
          },
        ],
      },
    },
  ],
  shapes: [],
};

const { down } = createTranslator(plan, "a.v3.M");
const cut = tagged(1, WireType.Varint, varintBytes(2n ** 40n + 5n));
const noText = tagged(2, WireType.Bytes, Uint8Array.of(0xff));
const holding = (payload: Uint8Array) => {
  const url = tagged(1, WireType.Bytes, new TextEncoder().encode("types/a.v4.Part"));
  return tagged(1, WireType.Bytes, join([url, tagged(2, WireType.Bytes, payload)]));
};
const byEngine = (bytes: Uint8Array) =>
  translate(linkPlan(plan).down.get("a.v3.M")!, bytes, {}, translateMessage);

test("nothing of a payload that cannot be read gets into the stash of the message around it", () => {
  const bytes = holding(join([cut, noText]));
  expect(down(bytes)).toEqual({ value: bytes, lost: [] });
});

test("a payload is read to its end before it is said that nobody can read it", () => {
  const bytes = holding(join([cut, noText, tagged(3, WireType.Varint, Uint8Array.of(1))]));
  expect(down(bytes)).toEqual(byEngine(bytes));
  expect(new TextDecoder("latin1").decode(down(bytes).value)).toContain("types/a.v3.Part");
});
