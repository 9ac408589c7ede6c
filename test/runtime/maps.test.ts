import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { createTranslator, type ElementPlan, type Plan } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
import { arbitraryBytes, join, tagged, unknownField } from "./arbitrary-bytes.js";
import { fieldPlan, messageOf, planOf, shapesOf } from "./hand-plan.js";
import { edit, holdRoundTrips, type Pair, type Way } from "./hold-round-trips.js";

// Maps whose keys or values change.

const number: ElementPlan = { kind: "number" };
const copy: ElementPlan = { kind: "copy" };
const text: ElementPlan = { kind: "text" };
const wrap: ElementPlan = {
  kind: "wrap",
  side: "v4",
  value: { number: 1, name: "value", type: "int64", label: "implicit" },
  element: number,
};

const maps: Readonly<
  Record<string, readonly [v3: string, v4: string, key: ElementPlan, value: ElementPlan]>
> = {
  wider: ["int32, string", "int64, string", number, copy],
  signed: ["uint64, string", "sint64, string", number, copy],
  flag: ["int32, string", "bool, string", number, copy],
  sized: ["string, int64", "string, int32", copy, number],
  ratio: ["string, double", "string, float", copy, number],
  raw: ["string, bytes", "string, string", copy, text],
  tint: [
    "bool, Tint",
    "bool, Tint",
    copy,
    {
      kind: "enum",
      values: [
        [1, 2],
        [2, 1],
      ],
    },
  ],
  boxed: ["fixed32, int32", "int32, google.protobuf.Int64Value", number, wrap],
  child: ["int64, Child", "int32, Child", number, { kind: "nested", message: "map.v3.Child" }],
};

function source(generation: "v3" | "v4"): string {
  const lines = Object.entries(maps).map(
    ([name, [v3, v4]], index) => `map<${generation === "v3" ? v3 : v4}> ${name} = ${index + 1};`,
  );
  const own = generation === "v3" ? "string old = 2;" : "string fresh = 3;";
  const tints = generation === "v3" ? "X = 0; RED = 1; BLUE = 2;" : "X = 0; RED = 2; BLUE = 1; PINK = 9;";
  return `syntax = "proto3"; package map.${generation}; import "google/protobuf/wrappers.proto";
    message Child { int32 age = 1; ${own} } enum Tint { ${tints} } message M { ${lines.join("\n")} }`;
}

let pair: Pair;
beforeAll(async () => {
  const { registry } = await compile({ "map/v3/m.proto": source("v3"), "map/v4/m.proto": source("v4") });
  const [v3, v4] = [messageOf(registry, "map.v3.M"), messageOf(registry, "map.v4.M")];
  const [child3, child4] = [messageOf(registry, "map.v3.Child"), messageOf(registry, "map.v4.Child")];
  const changed = Object.entries(maps).map(([name, [, , key, value]], index) => ({
    kind: "convert" as const,
    digest: (index + 1).toString(16).padStart(16, "0"),
    v3: planOf(v3, name),
    v4: planOf(v4, name),
    element: { kind: "entry" as const, key, value },
  }));
  const plan: Plan = {
    messages: [
      {
        v3: v3.typeName,
        v4: v4.typeName,
        contract: "CANON",
        changes: { digest: "0000000000000100", same: [], changed, only: [], reserved: [] },
      },
      {
        v3: child3.typeName,
        v4: child4.typeName,
        contract: "CANON",
        changes: {
          digest: "0000000000000200",
          same: [planOf(child3, "age")],
          changed: [],
          only: [
            { side: "v3", field: planOf(child3, "old") },
            { side: "v4", field: fieldPlan(child4.field.fresh!) },
          ],
          reserved: [],
        },
      },
    ],
    shapes: shapesOf(v3, v4),
  };
  pair = {
    v3,
    v4,
    plan,
    translator: createTranslator(plan, v3.typeName),
    v3Bytes: arbitraryBytes(v3, {
      unknown: { "map.v3.M": unknownField(900), "map.v3.Child": unknownField(3, 8) },
    }),
    v4Bytes: arbitraryBytes(v4, {
      unknown: { "map.v4.M": unknownField(900), "map.v4.Child": unknownField(2, 8) },
    }),
    holdEdits: holdEditsByKey,
  };
});

holdRoundTrips(() => pair, 500);

// biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
type Stub = any;
const trust = { stash: "trust" } as const;
const up = (init: Stub) => pair.translator.up(toBinary(pair.v3, create(pair.v3, init)));

/** An edit counts for the key that it is made to. */
function holdEditsByKey(pair: Pair, { from, over, there, back }: Way, numRuns: number): void {
  const [source, edits] = from === "v3" ? [pair.v3Bytes, pair.v4Bytes] : [pair.v4Bytes, pair.v3Bytes];
  const property = fc.property(source, edits, fc.subarray(Object.keys(maps)), (bytes, other, names) => {
    const before = pair.translator[there](bytes).value;
    const after = edit(pair[over], before, other, names);
    const [whole, result, view, now, edited] = [
      fromBinary(pair[from], bytes),
      fromBinary(pair[from], pair.translator[back](after, trust).value),
      fromBinary(pair[over], before),
      fromBinary(pair[over], after),
      fromBinary(pair[from], pair.translator[back](after).value),
    ] as [Stub, Stub, Stub, Stub, Stub];
    for (const name of Object.keys(maps))
      for (const key of Object.keys({ ...whole[name], ...result[name], ...edited[name] })) {
        const [was, is] = [view, now].map((message) => viewOf(name, message[name], key));
        const isSame = told(was) === told(is);
        // A value that lost its stash, and nothing else, is edited by nobody and yet not as it was.
        if (isSame && told(was, "stash too") !== told(is, "stash too")) continue;
        expect(told(result[name][key]), `${name} ${key}`).toBe(told((isSame ? whole : edited)[name][key]));
      }
  });
  fc.assert(property, { numRuns });
}

/** What the other generation has for a key that it may read otherwise: as true or false, with a sign or without. */
function viewOf(name: string, map: Stub, key: string): Stub {
  const flags: Record<string, string> = { "0": "false", "1": "true", false: "0", true: "1" };
  if (name === "flag") return map[flags[key] ?? ""];
  const bits = name === "boxed" ? 32 : 64;
  if (name !== "boxed" && name !== "signed") return map[key];
  return map[String(BigInt.asIntN(bits, BigInt(key)))] ?? map[String(BigInt.asUintN(bits, BigInt(key)))];
}

function told(value: Stub, which: "stash too" | "known" = "known"): string {
  const special = (each: Stub) => typeof each === "bigint" || typeof each === "number";
  return JSON.stringify(value ?? null, (name, each) =>
    name === "$unknown" && which === "known"
      ? undefined
      : Object.is(each, -0)
        ? "-0"
        : special(each)
          ? String(each)
          : each,
  );
}

test("an entry that does not fit comes back while other entries are edited", () => {
  const there = up({ sized: { a: 2n ** 40n + 5n, b: 2n ** 40n, c: 3n } });
  const message: Stub = fromBinary(pair.v4, there.value);
  expect(message.sized).toEqual({ a: 5, b: 0, c: 3 });
  message.sized.b = 7;
  message.sized.d = 8;
  delete message.sized.c;
  const back = pair.translator.down(toBinary(pair.v4, message), trust);
  expect(fromBinary(pair.v3, back.value)).toMatchObject({ sized: { a: 2n ** 40n + 5n, b: 7n, d: 8n } });
  expect(fromBinary(pair.v3, back.value)).not.toHaveProperty("sized.c");
  expect(back.lost).toEqual([{ path: 'sized["b"]', reason: "edited" }]);
});

test("an entry that was removed stays so", () => {
  const message: Stub = fromBinary(pair.v4, up({ sized: { a: 2n ** 40n } }).value);
  message.sized = {};
  const back = pair.translator.down(toBinary(pair.v4, message), trust);
  expect(fromBinary(pair.v3, back.value)).toMatchObject({ sized: {} });
  expect(back.lost).toEqual([{ path: 'sized["a"]', reason: "edited" }]);
});

test("a key that does not fit takes no other's place", () => {
  const there = up({ child: { "5": { age: 1 }, "1099511627781": { age: 2, old: "o" } } });
  expect(fromBinary(pair.v4, there.value)).toMatchObject({ child: { "5": { age: 1 } } });
  const back = pair.translator.down(there.value, trust);
  expect(fromBinary(pair.v3, back.value)).toMatchObject({
    child: { "5": { age: 1 }, "1099511627781": { age: 2, old: "o" } },
  });
});

test("of entries with the same key the last counts, and unknown fields in it are kept by the message", () => {
  const { number } = pair.v3.field.sized!;
  const entry = (...bytes: number[]) => tagged(number, WireType.Bytes, Uint8Array.from(bytes));
  const twice = join([entry(10, 1, 97, 16, 1), entry(10, 1, 97, 16, 2)]);
  expect(fromBinary(pair.v4, pair.translator.up(twice).value)).toMatchObject({ sized: { a: 2 } });
  const odd = entry(10, 1, 97, 16, 1, 24, 1);
  const there = pair.translator.up(odd).value;
  expect(fromBinary(pair.v4, there)).toMatchObject({ sized: { a: 1 } });
  expect(pair.translator.down(there, trust).value).toEqual(odd);
});

test("what is stashed for another key is not believed", () => {
  const there = Buffer.from(up({ sized: { a: 2n ** 40n } }).value);
  const at = there.lastIndexOf("a");
  there[at] = "b".charCodeAt(0);
  expect(pair.translator.down(there, trust).lost).toEqual([{ path: "sized", reason: "malformed" }]);
});
