import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createTranslator, type ElementPlan, type EntryPlan, type Plan } from "../../src/runtime/index.js";
import { compile } from "../mapping/compile.js";
import { arbitraryBytes, unknownField } from "./arbitrary-bytes.js";
import { recode } from "./canonical-form.js";
import { fieldPlan, messageOf, planOf, shapesOf } from "./hand-plan.js";
import { holdRoundTrips, type Pair } from "./hold-round-trips.js";

// Single values of every kind but numbers, between all labels.

const labels = ["", "optional ", "repeated "] as const;

/** Types that become each other, by what the fields are called. */
const kinds: Readonly<Record<string, readonly [v3: string, v4: string, element: ElementPlan["kind"]]>> = {
  text: ["string", "bytes", "text"],
  blob: ["bytes", "Leaf", "blob"],
  holder: ["Leaf", "bytes", "blob"],
  wide: ["int32", "google.protobuf.Int64Value", "wrap"],
  word: ["google.protobuf.StringValue", "string", "wrap"],
  millis: ["int64", "google.protobuf.Timestamp", "time"],
  secs: ["google.protobuf.Duration", "int32", "time"],
  child: ["Child", "Child", "nested"],
  same: ["Leaf", "Leaf", "copy"],
  ratio: ["double", "double", "copy"],
  tint: ["Tint", "Tint", "enum"],
};

const fields = Object.entries(kinds).flatMap(([kind, [v3, v4]]) =>
  labels.flatMap((from) => labels.map((to) => ({ kind, from, to, v3, v4 }))),
);

function source(generation: "v3" | "v4"): string {
  const lines = fields.map(({ kind, from, to, v3, v4 }, index) => {
    const [label, type] = generation === "v3" ? [from, v3] : [to, v4];
    return `${label}${type} ${kind}_${index} = ${index + 1};`;
  });
  const tints =
    generation === "v3" ? "X = 0; RED = 1; BLUE = 2; GREY = 7;" : "X = 0; RED = 2; BLUE = 1; PINK = 9;";
  return `syntax = "proto3"; package val.${generation};
    import "google/protobuf/wrappers.proto"; import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto";
    message Leaf { string name = 1; repeated int32 sizes = 2; map<string, int32> counts = 3; Leaf leaf = 4; }
    message Child { int32 age = 1; string ${generation === "v3" ? "old" : "fresh"} = ${generation === "v3" ? 2 : 3}; }
    enum Tint { ${tints} }
    message M { ${lines.join("\n")}
      optional string country = 200; int32 size = 201; string code = 202; ${generation === "v4" ? "optional string zone = 203;" : ""} }`;
}

let pair: Pair;
let plan: Plan;
beforeAll(async () => {
  const { registry } = await compile({ "val/v3/m.proto": source("v3"), "val/v4/m.proto": source("v4") });
  const [v3, v4] = [messageOf(registry, "val.v3.M"), messageOf(registry, "val.v4.M")];
  const [child3, child4] = [messageOf(registry, "val.v3.Child"), messageOf(registry, "val.v4.Child")];
  const digest = (number: number) => number.toString(16).padStart(16, "0");
  const element = (kind: string): ElementPlan => {
    const type = kinds[kind]![2];
    if (type === "enum")
      return {
        kind: type,
        values: [
          [1, 2],
          [2, 1],
        ],
      };
    if (type === "time")
      return { kind: type, side: kind === "secs" ? "v3" : "v4", unit: kind === "secs" ? "s" : "ms" };
    if (type === "nested") return { kind: type, message: "val.v3.Child" };
    if (kind === "wide")
      return {
        kind: "wrap",
        side: "v4",
        value: fieldPlan(messageOf(registry, "google.protobuf.Int64Value").fields[0]!),
        element: { kind: "number" },
      };
    if (kind === "word")
      return {
        kind: "wrap",
        side: "v3",
        value: fieldPlan(messageOf(registry, "google.protobuf.StringValue").fields[0]!),
        element: { kind: "copy" },
      };
    return { kind: type } as ElementPlan;
  };
  const convert = (
    name: string,
    number: number,
    element: ElementPlan,
    absent?: { v3?: string; v4?: string },
  ): EntryPlan => ({
    kind: "convert",
    digest: digest(number),
    v3: planOf(v3, name),
    v4: planOf(v4, name),
    element,
    ...(absent ? { absent } : {}),
  });
  plan = {
    messages: [
      {
        v3: v3.typeName,
        v4: v4.typeName,
        contract: "MODULO",
        changes: {
          digest: digest(999),
          same: [],
          changed: [
            ...fields.map(({ kind }, index) => convert(`${kind}_${index}`, index + 1, element(kind))),
            convert("country", 200, { kind: "copy" }, { v3: "4445" }),
            convert("size", 201, { kind: "copy" }, { v3: "05", v4: "03" }),
            convert("code", 202, { kind: "copy" }, { v4: "78" }),
          ],
          only: [{ side: "v4", field: planOf(v4, "zone"), digest: digest(203), absent: "5a" }],
          reserved: [],
        },
      },
      {
        v3: "val.v3.Child",
        v4: "val.v4.Child",
        contract: "CANON",
        changes: {
          digest: digest(1000),
          same: [planOf(child3, "age")],
          changed: [],
          only: [
            { side: "v3", field: planOf(child3, "old") },
            { side: "v4", field: planOf(child4, "fresh") },
          ],
          reserved: [],
        },
      },
    ],
    shapes: shapesOf(v3, v4),
  };
  const leaves = arbitraryBytes(messageOf(registry, "val.v3.Leaf"), { depth: 2 });
  const blobs = fc.oneof(
    leaves,
    leaves.map((each) => recode(messageOf(registry, "val.v3.Leaf"), each)),
    fc.uint8Array({ maxLength: 5 }),
  );
  const valuesOf = (side: "v3" | "v4", kind: string) =>
    Object.fromEntries(
      fields.flatMap((each, index) =>
        each.kind === kind ? [[`val.${side}.M.${kind}_${index}`, blobs]] : [],
      ),
    );
  const unknown = (side: string) => ({
    [`val.${side}.M`]: unknownField(900),
    [`val.${side}.Child`]: unknownField(side === "v3" ? 3 : 2, 8),
    [`val.${side}.Leaf`]: unknownField(9),
    "google.protobuf.Int64Value": unknownField(9),
    "google.protobuf.StringValue": unknownField(9),
    "google.protobuf.Timestamp": unknownField(9),
  });
  pair = {
    v3,
    v4,
    plan,
    translator: createTranslator(plan, v3.typeName),
    v3Bytes: arbitraryBytes(v3, { values: valuesOf("v3", "blob"), unknown: unknown("v3") }),
    v4Bytes: arbitraryBytes(v4, { values: valuesOf("v4", "holder"), unknown: unknown("v4") }),
    modulo: ["country", "size", "code", "zone"],
    share: 0.002,
  };
});

holdRoundTrips(() => pair, 500);

// biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
type Stub = any;
const trust = { stash: "trust" } as const;
const write = (side: "v3" | "v4", init: Stub): Uint8Array => toBinary(pair[side], create(pair[side], init));
const up = (init: Stub): Stub => fromBinary(pair.v4, pair.translator.up(write("v3", init)).value);
const down = (init: Stub): Stub => fromBinary(pair.v3, pair.translator.down(write("v4", init)).value);
const at = (kind: string, from: string, to: string) =>
  `${kind}${fields.findIndex((each) => each.kind === kind && each.from === from && each.to === to)}`;

describe("labels", () => {
  test("a list takes a single value, a single value the first of a list", () => {
    expect(up({ [at("tint", "", "repeated ")]: 1 })).toMatchObject({ [at("tint", "", "repeated ")]: [2] });
    expect(up({ [at("tint", "repeated ", "")]: [2, 1] })).toMatchObject({ [at("tint", "repeated ", "")]: 1 });
  });

  test("the tail of a list comes back while its head is as it was", () => {
    const name = at("tint", "repeated ", "");
    const { value } = pair.translator.up(write("v3", { [name]: [1, 7] }));
    expect(fromBinary(pair.v3, pair.translator.down(value, trust).value)).toMatchObject({ [name]: [1, 7] });
    const edited = { ...fromBinary(pair.v4, value), [name]: 1 };
    const back = pair.translator.down(toBinary(pair.v4, edited), trust);
    expect(fromBinary(pair.v3, back.value)).toMatchObject({ [name]: [2] });
    expect(back.lost).toEqual([{ path: name.replace(/(\d+)$/, "_$1"), reason: "edited" }]);
  });

  test("a message keeps what it cannot say in itself, in a list too", () => {
    const name = at("child", "repeated ", "repeated ");
    const { value } = pair.translator.up(write("v3", { [name]: [{ age: 1, old: "o" }, { age: 2 }] }));
    const message: Stub = fromBinary(pair.v4, value);
    message[name].push({ ...message[name][0], age: 9 });
    const back: Stub = fromBinary(pair.v3, pair.translator.down(toBinary(pair.v4, message), trust).value);
    expect(back[name].map(({ age, old }: Stub) => [age, old])).toEqual([
      [1, "o"],
      [2, ""],
      [9, "o"],
    ]);
  });
});

describe("time", () => {
  test("counts whole units, downwards before the epoch too", () => {
    const name = at("millis", "optional ", "optional ");
    expect(up({ [name]: -1n })).toMatchObject({ [name]: { seconds: -1n, nanos: 999_000_000 } });
    expect(down({ [name]: { seconds: -1n, nanos: 999_999_999 } })).toMatchObject({ [name]: -1n });
    expect(down({ [name]: { seconds: -1n, nanos: 1 } })).toMatchObject({ [name]: -1000n });
    const span = at("secs", "optional ", "optional ");
    expect(down({ [span]: -3 })).toMatchObject({ [span]: { seconds: -3n, nanos: 0 } });
    expect(up({ [span]: { seconds: -3n, nanos: -1 } })).toMatchObject({ [span]: -4 });
  });

  test("that the integer cannot hold is left out, and comes back", () => {
    const span = at("secs", "optional ", "optional ");
    const bytes = write("v3", { [span]: { seconds: 2n ** 40n } });
    expect(fromBinary(pair.v4, pair.translator.up(bytes).value)).not.toHaveProperty(span);
    const back = pair.translator.down(pair.translator.up(bytes).value, trust).value;
    expect(fromBinary(pair.v3, back)).toMatchObject({ [span]: { seconds: 2n ** 40n } });
  });
});

describe("what stands for nothing", () => {
  test("is written out one way, and left out the other", () => {
    expect(up({})).toMatchObject({ country: "DE", size: 5, code: "", zone: "Z" });
    expect(down({})).toMatchObject({ size: 3, code: "x" });
    expect(down({ country: "DE", size: 5, zone: "Z" })).not.toHaveProperty("country");
    expect(down({ country: "DE", size: 5, zone: "Z" })).toMatchObject({ size: 0 });
    expect(up({ size: 3, code: "x" })).toMatchObject({ size: 0, code: "" });
    expect(down({ country: "FR", zone: "Y" })).toMatchObject({ country: "FR" });
  });

  test("is told from the same value set, which comes back as such", () => {
    const bytes = write("v3", { country: "DE", code: "x" });
    const back = pair.translator.down(pair.translator.up(bytes).value, trust).value;
    expect(fromBinary(pair.v3, back)).toMatchObject({ country: "DE", code: "x" });
    expect(
      fromBinary(pair.v3, pair.translator.down(pair.translator.up(write("v3", {})).value, trust).value),
    ).toMatchObject({ size: 0 });
  });
});
