import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { beforeAll, expect, test } from "vitest";
import { createTranslator, type ElementPlan, type FieldPlan, type Plan } from "../../src/runtime/index.js";
import { compile } from "../mapping/compile.js";
import { arbitraryBytes, unknownField } from "./arbitrary-bytes.js";
import { fieldPlan, messageOf, shapesOf } from "./hand-plan.js";
import { holdRoundTrips, type Pair } from "./hold-round-trips.js";

// Fields that enter a oneof, leave it, change sides, or are in it on one side alone.

const sources = {
  "one/v3/m.proto": `syntax = "proto3"; package one.v3;
    message Child { int32 age = 1; string old = 2; }
    enum Tint { X = 0; RED = 1; BLUE = 2; }
    message M {
      string name = 1; optional int32 size = 2; repeated string tags = 3; Child child = 4; Tint tint = 5;
      oneof gone { int64 count = 11; Child kid = 12; string gift = 13; }
      oneof pick { string a = 21; int32 b = 22; bytes x = 23; }
      oneof other { Child c = 24; double d = 25; }
    }`,
  "one/v4/m.proto": `syntax = "proto3"; package one.v4;
    message Child { int32 age = 1; string fresh = 3; }
    enum Tint { X = 0; RED = 2; BLUE = 1; PINK = 5; }
    message M {
      oneof all { string name = 1; int32 size = 2; string tags = 3; Child child = 4; Tint tint = 5; bool fresh = 6; }
      int32 count = 11; Child kid = 12; repeated string gift = 33;
      oneof pick { string a = 21; Child c = 24; string y = 26; }
      oneof other { sint64 b = 22; double d = 25; }
    }`,
};

const copy: ElementPlan = { kind: "copy" };
const number: ElementPlan = { kind: "number" };
const child: ElementPlan = { kind: "nested", message: "one.v3.Child" };
const tint: ElementPlan = {
  kind: "enum",
  values: [
    [1, 2],
    [2, 1],
  ],
};

/** The members of the three entries, each with the sides that have it. */
const groups: Readonly<Record<string, readonly (readonly [name: string, element: ElementPlan])[]>> = {
  "00000000000000a1": [
    ["name", copy],
    ["size", copy],
    ["tags", copy],
    ["child", child],
    ["tint", tint],
    ["fresh", copy],
  ],
  "00000000000000a2": [
    ["count", number],
    ["kid", child],
    ["gift", copy],
  ],
  "00000000000000a3": [
    ["a", copy],
    ["b", number],
    ["x", copy],
    ["c", child],
    ["d", copy],
    ["y", copy],
  ],
};

let pair: Pair;
beforeAll(async () => {
  const { registry } = await compile(sources);
  const [v3, v4] = [messageOf(registry, "one.v3.M"), messageOf(registry, "one.v4.M")];
  const [child3, child4] = [messageOf(registry, "one.v3.Child"), messageOf(registry, "one.v4.Child")];
  const side = (desc: typeof v3, key: "v3" | "v4", name: string): { v3?: FieldPlan; v4?: FieldPlan } => {
    const field = desc.fields.find((each) => each.name === name);
    return field === undefined ? {} : { [key]: fieldPlan(field) };
  };
  const plan: Plan = {
    messages: [
      {
        v3: v3.typeName,
        v4: v4.typeName,
        contract: "CANON",
        changes: {
          digest: "00000000000000ff",
          same: [],
          changed: Object.entries(groups).map(([digest, members]) => ({
            kind: "oneof",
            digest,
            members: members.map(([name, element]) => ({
              ...side(v3, "v3", name),
              ...side(v4, "v4", name),
              element,
            })),
          })),
          only: [],
          reserved: [],
        },
      },
      {
        v3: child3.typeName,
        v4: child4.typeName,
        contract: "CANON",
        changes: {
          digest: "00000000000000fe",
          same: [fieldPlan(child3.field.age!)],
          changed: [],
          only: [
            { side: "v3", field: fieldPlan(child3.field.old!) },
            { side: "v4", field: fieldPlan(child4.field.fresh!) },
          ],
          reserved: [],
        },
      },
    ],
    shapes: shapesOf(v3, v4),
  };
  const names = (desc: typeof v3, members: readonly (readonly [string, ElementPlan])[]) =>
    members.map(([name]) => name).filter((name) => desc.fields.some((field) => field.name === name));
  pair = {
    v3,
    v4,
    plan,
    translator: createTranslator(plan, v3.typeName),
    v3Bytes: arbitraryBytes(v3, {
      unknown: { "one.v3.M": unknownField(900), "one.v3.Child": unknownField(3, 8) },
    }),
    v4Bytes: arbitraryBytes(v4, {
      unknown: { "one.v4.M": unknownField(900), "one.v4.Child": unknownField(2, 8) },
    }),
    counterparts: Object.values(groups).map((members) => ({
      v3: names(v3, members),
      v4: names(v4, members),
    })),
    share: 0.02,
  };
});

holdRoundTrips(() => pair, 600);

// biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
type Stub = any;
const trust = { stash: "trust" } as const;
const up = (init: Stub) => pair.translator.up(toBinary(pair.v3, create(pair.v3, init)));
const edited = (bytes: Uint8Array, change: (message: Stub) => void): Stub => {
  const message: Stub = fromBinary(pair.v4, bytes);
  change(message);
  return pair.translator.down(toBinary(pair.v4, message), trust);
};

test("of fields that enter a oneof, the last one set crosses", () => {
  const there = up({ name: "n", size: 0, tags: ["t"] });
  expect(fromBinary(pair.v4, there.value)).toMatchObject({ all: { case: "tags", value: "t" } });
  const back = edited(there.value, () => {});
  expect(fromBinary(pair.v3, back.value)).toMatchObject({ name: "n", size: 0, tags: ["t"] });
});

test("losers come back only while the winner is as it was", () => {
  const there = up({ name: "n", size: 4 });
  const back = edited(there.value, (message) => {
    message.all = { case: "size", value: 5 };
  });
  expect(fromBinary(pair.v3, back.value)).toMatchObject({ name: "", size: 5 });
  expect(back.lost).toEqual([{ path: "name", reason: "edited" }]);
});

test("a member that the other side does not have leaves it unset, and comes back while it is", () => {
  const there = up({ pick: { case: "x", value: Uint8Array.of(7) } });
  expect(fromBinary(pair.v4, there.value)).toMatchObject({
    pick: { case: undefined },
    other: { case: undefined },
  });
  expect(fromBinary(pair.v3, edited(there.value, () => {}).value)).toMatchObject({ pick: { case: "x" } });
  const back = edited(there.value, (message) => {
    message.pick = { case: "a", value: "now" };
  });
  expect(fromBinary(pair.v3, back.value)).toMatchObject({ pick: { case: "a", value: "now" } });
});

test("members that part over there cross side by side", () => {
  const there = up({ pick: { case: "b", value: -3 }, other: { case: "c", value: { age: 4 } } });
  expect(fromBinary(pair.v4, there.value)).toMatchObject({
    pick: { case: "c", value: { age: 4 } },
    other: { case: "b", value: -3n },
  });
});
