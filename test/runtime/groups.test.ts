import { beforeAll, expect, test } from "vitest";
import { createTranslator, type Plan } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
import { arbitraryBytes, join, tagged, unknownField } from "./arbitrary-bytes.js";
import { fieldPlan, messageOf, planOf } from "./hand-plan.js";
import { holdRoundTrips, type Pair } from "./hold-round-trips.js";

// Groups that get other numbers, change inside, or become messages with a length.

const source = (side: "v3" | "v4", moved: number, more: number) => `edition = "2023"; package grp.${side};
  message Part { int32 size = 1; repeated Part parts = 2 [features.message_encoding = DELIMITED];
    ${side === "v3" ? "string old = 3;" : "string fresh = 4;"} }
  message Same { int32 size = 1; Same same = 2 [features.message_encoding = DELIMITED]; }
  message M {
    Same moved = ${moved} [features.message_encoding = DELIMITED];
    repeated Same more = ${more} [features.message_encoding = DELIMITED];
    Part part = 3 [features.message_encoding = DELIMITED];
    repeated Part parts = 4 [features.message_encoding = ${side === "v3" ? "DELIMITED" : "LENGTH_PREFIXED"}];
    Same given = 5 [features.message_encoding = ${side === "v3" ? "LENGTH_PREFIXED" : "DELIMITED"}];
  }`;

let pair: Pair;
beforeAll(async () => {
  const { registry } = await compile({
    "grp/v3/m.proto": source("v3", 1, 2),
    "grp/v4/m.proto": source("v4", 300, 20),
  });
  const [v3, v4] = [messageOf(registry, "grp.v3.M"), messageOf(registry, "grp.v4.M")];
  const [part3, part4] = [messageOf(registry, "grp.v3.Part"), messageOf(registry, "grp.v4.Part")];
  const both = (name: string) => ({ v3: planOf(v3, name), v4: planOf(v4, name) });
  const plan: Plan = {
    messages: [
      {
        v3: v3.typeName,
        v4: v4.typeName,
        contract: "CANON",
        changes: {
          digest: "00000000000000ff",
          same: [],
          changed: [
            { kind: "renumber", ...both("moved") },
            { kind: "renumber", ...both("more") },
            { kind: "nested", ...both("part"), message: "grp.v3.Part" },
            { kind: "nested", ...both("parts"), message: "grp.v3.Part" },
            { kind: "nested", ...both("given"), message: "grp.v3.Same" },
          ],
          only: [],
          reserved: [],
        },
      },
      {
        v3: part3.typeName,
        v4: part4.typeName,
        contract: "CANON",
        changes: {
          digest: "00000000000000fe",
          same: [fieldPlan(part3.field.size!)],
          changed: [
            {
              kind: "nested",
              v3: fieldPlan(part3.field.parts!),
              v4: fieldPlan(part4.field.parts!),
              message: part3.typeName,
            },
          ],
          only: [
            { side: "v3", field: fieldPlan(part3.field.old!) },
            { side: "v4", field: fieldPlan(part4.field.fresh!) },
          ],
          reserved: [],
        },
      },
      { v3: "grp.v3.Same", v4: "grp.v4.Same", contract: "BYTES" },
    ],
    shapes: [],
  };
  pair = {
    v3,
    v4,
    plan,
    translator: createTranslator(plan, v3.typeName),
    v3Bytes: arbitraryBytes(v3, {
      unknown: { "grp.v3.M": unknownField(900), "grp.v3.Part": unknownField(4, 8) },
    }),
    v4Bytes: arbitraryBytes(v4, {
      unknown: { "grp.v4.M": unknownField(900), "grp.v4.Part": unknownField(3, 8) },
    }),
  };
});

holdRoundTrips(() => pair, 400);

const start = (number: number) => tagged(number, WireType.StartGroup, new Uint8Array());
const end = (number: number) => tagged(number, WireType.EndGroup, new Uint8Array());

test("a group ends with the number that it begins with", () => {
  const content = tagged(1, WireType.Varint, Uint8Array.of(7));
  expect(pair.translator.up(join([start(1), content, end(1)])).value).toEqual(
    join([start(300), content, end(300)]),
  );
});

test("what would end the group too early is refused, with its place", () => {
  for (const content of [end(5), Uint8Array.of(0x0a), Uint8Array.of(0x0a, 5)])
    expect(() => pair.translator.up(tagged(5, WireType.Bytes, content))).toThrow(
      expect.objectContaining({ name: "TranslateError", path: "given" }),
    );
});

test("groups nest as deep as messages", () => {
  const nested = (levels: number): Uint8Array =>
    levels === 0 ? new Uint8Array() : join([start(2), nested(levels - 1), end(2)]);
  const part = (levels: number) => join([start(3), nested(levels), end(3)]);
  expect(pair.translator.up(part(90)).value).toEqual(part(90));
  expect(() => pair.translator.up(part(120))).toThrow(expect.objectContaining({ code: "too-deep" }));
  expect(() => pair.translator.up(part(9), { depthLimit: 5 })).toThrow(
    expect.objectContaining({ code: "too-deep" }),
  );
});
