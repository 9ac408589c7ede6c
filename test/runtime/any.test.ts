import { create, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type Any, AnySchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createTranslator, type Plan } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
import { arbitraryBytes, join, tagged, unknownField } from "./arbitrary-bytes.js";
import { canonicalFormWithoutStash, recode } from "./canonical-form.js";
import { fieldPlan, messageOf, planOf } from "./hand-plan.js";
import { holdRoundTrips, type Pair } from "./hold-round-trips.js";

// Payloads of google.protobuf.Any that belong to the plan, and others.

const source = (
  side: "v3" | "v4",
) => `syntax = "proto3"; package any.${side}; import "google/protobuf/any.proto";
  message Part { int32 size = 1; ${side === "v3" ? "string old = 2;" : "string fresh = 3;"} google.protobuf.Any inner = 4; }
  message Same { string name = 1; }
  message M { google.protobuf.Any detail = 1; repeated google.protobuf.Any details = 2; map<string, google.protobuf.Any> by_name = 3; }`;

let pair: Pair;
beforeAll(async () => {
  const { registry } = await compile({ "any/v3/m.proto": source("v3"), "any/v4/m.proto": source("v4") });
  const [v3, v4] = [messageOf(registry, "any.v3.M"), messageOf(registry, "any.v4.M")];
  const [part3, part4] = [messageOf(registry, "any.v3.Part"), messageOf(registry, "any.v4.Part")];
  const nested = (name: string) =>
    ({ kind: "nested", v3: planOf(v3, name), v4: planOf(v4, name), message: "google.protobuf.Any" }) as const;
  const value = { number: 2, name: "value", type: "message" } as const;
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
            nested("detail"),
            nested("details"),
            {
              kind: "nested",
              v3: planOf(v3, "by_name"),
              v4: planOf(v4, "by_name"),
              message: "any.v3.M.ByNameEntry",
            },
          ],
          only: [],
          reserved: [],
        },
      },
      {
        v3: "any.v3.M.ByNameEntry",
        v4: "any.v4.M.ByNameEntry",
        contract: "CANON",
        changes: {
          digest: "00000000000000fd",
          mapEntry: true,
          same: [{ number: 1, name: "key", type: "string" }],
          changed: [{ kind: "nested", v3: value, v4: value, message: "google.protobuf.Any" }],
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
              v3: fieldPlan(part3.field.inner!),
              v4: fieldPlan(part4.field.inner!),
              message: "google.protobuf.Any",
            },
          ],
          only: [
            { side: "v3", field: fieldPlan(part3.field.old!) },
            { side: "v4", field: fieldPlan(part4.field.fresh!) },
          ],
          reserved: [],
        },
      },
      { v3: "any.v3.Same", v4: "any.v4.Same", contract: "BYTES" },
    ],
    shapes: [],
  };
  const anyOf = (side: "v3" | "v4", part: typeof part3) => {
    const parts = arbitraryBytes(part, {
      unknown: { [part.typeName]: unknownField(side === "v3" ? 3 : 2, 9) },
    }).map((bytes) => recode(part, bytes));
    const urls = fc.constantFrom("type.googleapis.com/", "/", "https://example.com/a/b/");
    const payload = fc.oneof(
      fc.tuple(fc.constant("Part"), parts),
      fc.tuple(fc.constant("Same"), fc.uint8Array({ maxLength: 4 })),
      fc.tuple(fc.constant("Gone"), fc.uint8Array({ maxLength: 4 })),
      fc.tuple(fc.constant("Part"), fc.constant(Uint8Array.of(0xff))),
    );
    return fc
      .tuple(urls, payload)
      .map(([prefix, [name, value]]) =>
        toBinary(AnySchema, create(AnySchema, { typeUrl: `${prefix}any.${side}.${name}`, value })),
      );
  };
  const messages = (side: "v3" | "v4", part: typeof part3) => {
    const any = anyOf(side, part);
    const entry = any.map((bytes) =>
      join([tagged(1, WireType.Bytes, Uint8Array.of(97)), tagged(2, WireType.Bytes, bytes)]),
    );
    return fc
      .array(
        fc.oneof(
          ...[any, any, entry].map((each, index) =>
            each.map((bytes) => tagged(index + 1, WireType.Bytes, bytes)),
          ),
        ),
        { maxLength: 5 },
      )
      .map(join);
  };
  pair = {
    v3,
    v4,
    plan,
    translator: createTranslator(plan, v3.typeName),
    v3Bytes: messages("v3", part3),
    v4Bytes: messages("v4", part4),
    normal: (side, bytes) => normalPayloads(side, bytes, side === "v3" ? part3 : part4),
    holdEdits: () => {},
  };
});

holdRoundTrips(() => pair, 400);

test("a payload in which something is set aside before it turns out malformed leaves nothing behind", () => {
  // `old` is set aside, `inner` holds bytes that are none of an Any.
  const part = join([
    tagged(2, WireType.Bytes, Uint8Array.of(0x20)),
    tagged(4, WireType.Bytes, Uint8Array.of(0, 3, 224, 160, 128)),
  ]);
  const typeUrl = "type.googleapis.com/any.v3.Part";
  const bytes = toBinary(pair.v3, create(pair.v3, { detail: create(AnySchema, { typeUrl, value: part }) }));
  expect(pair.translator.up(bytes)).toEqual({ value: bytes, lost: [] });
});

function normalPayload(part: DescMessage, value: Uint8Array): Uint8Array {
  try {
    return Buffer.from(canonicalFormWithoutStash(part, value), "hex");
  } catch {
    return value;
  }
}

/** Unknown fields of a payload change places. */
function normalPayloads(side: "v3" | "v4", bytes: Uint8Array, part: DescMessage): Uint8Array {
  // biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
  const message: any = fromBinary(pair[side], bytes);
  const all: Any[] = [message.detail, ...message.details, ...Object.values(message.byName)].filter(Boolean);
  for (const each of all) if (each.typeUrl.endsWith(".Part")) each.value = normalPayload(part, each.value);
  return toBinary(pair[side], message);
}

const any = (typeUrl: string, value: number[]) =>
  toBinary(AnySchema, create(AnySchema, { typeUrl, value: Uint8Array.from(value) }));
const upAny = (bytes: Uint8Array): Any => {
  const { value } = pair.translator.up(tagged(1, WireType.Bytes, bytes));
  // biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
  return (fromBinary(pair.v4, value) as any).detail;
};

test("a payload of the plan is translated, and named as its generation names it", () => {
  const { typeUrl, value } = upAny(any("type.googleapis.com/any.v3.Part", [8, 5]));
  expect([typeUrl, ...value]).toEqual(["type.googleapis.com/any.v4.Part", 8, 5]);
  expect(upAny(any("x/any.v3.Same", [10, 0]))).toMatchObject({
    typeUrl: "x/any.v4.Same",
    value: Uint8Array.of(10, 0),
  });
});

test("a payload that is not of the plan, or malformed, stays as it is", () => {
  for (const [url, value] of [
    ["x/any.v3.Gone", [1]],
    ["x/any.v3.Part", [0xff]],
    ["", []],
    ["x/any.v3.Part/", [8, 5]],
  ] as const)
    expect(upAny(any(url, [...value]))).toMatchObject({ typeUrl: url, value: Uint8Array.from(value) });
});

test("what a payload cannot say is kept in it, and told with its place", () => {
  const there = pair.translator.up(tagged(2, WireType.Bytes, any("x/any.v3.Part", [18, 1, 97])));
  expect(pair.translator.down(there.value).lost).toEqual([{ path: "details[0].value", reason: "stripped" }]);
  expect(pair.translator.down(there.value, { stash: "trust" }).value).toEqual(
    tagged(2, WireType.Bytes, any("x/any.v3.Part", [18, 1, 97])),
  );
});

test("depth counts through payloads", () => {
  const nested = (levels: number): number[] =>
    levels === 0 ? [] : [...tagged(4, WireType.Bytes, any("x/any.v3.Part", nested(levels - 1)))];
  expect(() => pair.translator.up(tagged(1, WireType.Bytes, any("x/any.v3.Part", nested(60))))).toThrow(
    expect.objectContaining({ code: "too-deep" }),
  );
  expect(upAny(any("x/any.v3.Part", nested(40))).typeUrl).toBe("x/any.v4.Part");
});
