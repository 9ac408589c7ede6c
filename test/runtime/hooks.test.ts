import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { beforeAll, expect, test } from "vitest";
import { createTranslator, type Hook, type HookFields, type Plan } from "../../src/runtime/index.js";
import { compile } from "../mapping/compile.js";
import { arbitraryBytes, unknownField } from "./arbitrary-bytes.js";
import { messageOf, planOf, shapesOf } from "./hand-plan.js";
import { holdRoundTrips, type Pair } from "./hold-round-trips.js";

// Fields that user code converts.

const sources = {
  "hok/v3/m.proto": `syntax = "proto3"; package hok.v3; message Box { string name = 1; }
    message M { string first_name = 1; string last_name = 2; repeated int64 parts = 3; map<int32, string> labels = 4; Box box = 5; bool flag = 6; double ratio = 7; }`,
  "hok/v4/m.proto": `syntax = "proto3"; package hok.v4; message Box { string name = 1; }
    message M { string full_name = 11; optional sint64 total = 12; repeated string labels = 13; bytes box = 14; uint32 flag = 15; float ratio = 16; }`,
};

/** Full of gaps, as user code is: names with spaces, sums, whatever. */
const names: Hook = {
  up: ({ firstName = "", lastName = "" }: HookFields) => ({ fullName: `${firstName} ${lastName}` }),
  down: ({ fullName }: HookFields) => {
    const [firstName, ...rest] = String(fullName).split(" ");
    return { firstName, lastName: rest.join(" ") };
  },
};
const rest: Hook = {
  up: ({ parts, labels, box, flag, ratio }: HookFields) => ({
    ...(parts
      ? {
          total: BigInt.asIntN(
            64,
            (parts as bigint[]).reduce((sum, part) => sum + part, 0n),
          ),
        }
      : {}),
    labels: Object.values(labels ?? {}),
    box,
    flag: flag === undefined ? undefined : Number(flag),
    ratio,
  }),
  down: ({ total, labels = [], box, flag, ratio }: HookFields) => ({
    parts: total === undefined ? [] : [total],
    labels: Object.fromEntries((labels as string[]).map((label, index) => [index, label])),
    box,
    flag: flag === undefined ? undefined : flag === 1,
    ratio,
  }),
};

let pair: Pair;
let plan: Plan;
beforeAll(async () => {
  const { registry } = await compile(sources);
  const [v3, v4] = [messageOf(registry, "hok.v3.M"), messageOf(registry, "hok.v4.M")];
  const fields = (desc: typeof v3, ...names: string[]) => names.map((name) => planOf(desc, name));
  plan = {
    messages: [
      {
        v3: v3.typeName,
        v4: v4.typeName,
        contract: "MODULO",
        changes: {
          digest: "00000000000000ff",
          same: [],
          changed: [
            {
              kind: "hook",
              digest: "00000000000000c1",
              name: "names",
              v3: fields(v3, "first_name", "last_name"),
              v4: fields(v4, "full_name"),
            },
            {
              kind: "hook",
              digest: "00000000000000c2",
              name: "rest",
              v3: fields(v3, "parts", "labels", "box", "flag", "ratio"),
              v4: fields(v4, "total", "labels", "box", "flag", "ratio"),
            },
          ],
          only: [],
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
    hooks: { names, rest },
    translator: createTranslator(plan, v3.typeName, { hooks: { names, rest } }),
    v3Bytes: arbitraryBytes(v3, {
      unknown: { "hok.v3.M": unknownField(900), "hok.v3.Box": unknownField(8) },
    }),
    v4Bytes: arbitraryBytes(v4, {
      unknown: { "hok.v4.M": unknownField(900) },
      values: { "hok.v4.M.box": arbitraryBytes(messageOf(registry, "hok.v3.Box")) },
    }),
    counterparts: [
      { v3: ["first_name", "last_name"], v4: ["full_name"] },
      { v3: ["parts", "labels", "box", "flag", "ratio"], v4: ["total", "labels", "box", "flag", "ratio"] },
    ],
  };
});

holdRoundTrips(() => pair, 600);

// biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
const write = (init: any) => toBinary(pair.v3, create(pair.v3, init));

test("user code gets the fields, and gives those of the other side", () => {
  const { value } = pair.translator.up(
    write({ firstName: "Ada", lastName: "King", parts: [1n, 2n], flag: true }),
  );
  expect(fromBinary(pair.v4, value)).toMatchObject({ fullName: "Ada King", total: 3n, flag: 1 });
});

test("user code gets every entry of a map, and gives as many", () => {
  const seen: unknown[] = [];
  const { up, down } = createTranslator(plan, "hok.v3.M", {
    hooks: {
      names,
      rest: {
        up: ({ labels }) => {
          seen.push(labels);
          return { labels: Object.values(labels as object) };
        },
        down: () => ({ labels: { 3: "x", 4: "y", 5: "z" } }),
      },
    },
  });
  const there = up(write({ labels: { 1: "a", 2: "b" } })).value;
  expect(seen[0]).toEqual({ 1: "a", 2: "b" });
  expect(fromBinary(pair.v4, there)).toMatchObject({ labels: ["a", "b"] });
  expect(fromBinary(pair.v3, down(there).value)).toMatchObject({ labels: { 3: "x", 4: "y", 5: "z" } });
});

test("user code is not asked where nothing is set", () => {
  const never: Hook = {
    up: () => expect.unreachable(),
    down: () => expect.unreachable(),
  };
  const translator = createTranslator(plan, "hok.v3.M", { hooks: { names: never, rest: never } });
  expect(translator.up(new Uint8Array()).value).toEqual(new Uint8Array());
});

test("code that fails, or gives what does not fit, is an error that says which and why", () => {
  const bad = (up: Hook["up"]) =>
    createTranslator(plan, "hok.v3.M", { hooks: { names: { up, down: names.down }, rest } });
  const cases: readonly (readonly [Hook["up"], RegExp])[] = [
    [() => ({ fullName: 5 }), /"names" failed on the way up: full_name has to be a string, and is 5/],
    [() => ({ wrong: "a" }), /there is no wrong among fullName/],
    [
      () => {
        throw new Error("no idea");
      },
      /"names" failed on the way up: no idea/,
    ],
    [() => null as never, /has to be an object of fields, at once, and is null/],
    [() => 5 as never, /has to be an object of fields, at once, and is 5/],
    [() => [] as never, /has to be an object of fields/],
    [() => Promise.resolve({}) as never, /at once, and is \[object Promise\]/],
  ];
  for (const [up, message] of cases) {
    const attempt = () => bad(up).up(write({ firstName: "a" }));
    expect(attempt).toThrow(
      expect.objectContaining({ name: "TranslateError", code: "hook-failed", path: "first_name" }),
    );
    expect(attempt).toThrow(message);
  }
});

test("a translator without the code that its plan needs is refused", () => {
  expect(() => createTranslator(plan, "hok.v3.M", { hooks: { names } })).toThrow(/needs the code "rest"/);
});
