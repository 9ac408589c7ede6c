import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { beforeAll, expect, test } from "vitest";
import { createTranslator, type Plan } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
import { arbitraryBytes, tagged, unknownField } from "./arbitrary-bytes.js";
import { fieldPlan, messageOf, planOf, shapesOf } from "./hand-plan.js";
import { holdRoundTrips, type Pair } from "./hold-round-trips.js";

// Fields that move into a submessage, and others that leave one.

const sources = {
  "reg/v3/m.proto": `syntax = "proto3"; package reg.v3;
    message Size { optional int32 width = 1; int64 height = 2; repeated string notes = 3; bool odd = 4; }
    message M { string street = 1; optional string city = 2; int64 zip = 3; Size size = 4; }`,
  "reg/v4/m.proto": `syntax = "proto3"; package reg.v4;
    message Address { optional string street = 1; string city = 2; int32 zip = 3; string country = 4; }
    message M { Address address = 5; int32 width = 6; optional int64 height = 7; repeated string notes = 8; }`,
};

let pair: Pair;
beforeAll(async () => {
  const { registry } = await compile(sources);
  const [v3, v4] = [messageOf(registry, "reg.v3.M"), messageOf(registry, "reg.v4.M")];
  const [size, address] = [messageOf(registry, "reg.v3.Size"), messageOf(registry, "reg.v4.Address")];
  const copy = { kind: "copy" } as const;
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
            {
              kind: "regroup",
              digest: "00000000000000b1",
              side: "v4",
              holder: planOf(v4, "address"),
              members: [
                { inner: planOf(address, "street"), flat: planOf(v3, "street"), element: copy },
                { inner: planOf(address, "city"), flat: planOf(v3, "city"), element: copy },
                { inner: planOf(address, "zip"), flat: planOf(v3, "zip"), element: { kind: "number" } },
              ],
            },
            {
              kind: "regroup",
              digest: "00000000000000b2",
              side: "v3",
              holder: planOf(v3, "size"),
              members: ["width", "height", "notes"].map((name) => ({
                inner: planOf(size, name),
                flat: fieldPlan(v4.field[name]!),
                element: copy,
              })),
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
    translator: createTranslator(plan, v3.typeName),
    v3Bytes: arbitraryBytes(v3, {
      unknown: { "reg.v3.M": unknownField(900), "reg.v3.Size": unknownField(9) },
    }),
    v4Bytes: arbitraryBytes(v4, {
      unknown: { "reg.v4.M": unknownField(900), "reg.v4.Address": unknownField(9) },
    }),
    holdEdits: () => {},
  };
});

holdRoundTrips(() => pair, 800);

// biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
type Stub = any;
const trust = { stash: "trust" } as const;
const write = (side: "v3" | "v4", init: Stub) => toBinary(pair[side], create(pair[side], init));

test("what else the submessage holds joins it again, whatever became of the fields", () => {
  const there = pair.translator.down(write("v4", { address: { street: "s", zip: 7, country: "DE" } }));
  const message: Stub = fromBinary(pair.v3, there.value);
  expect(message).toMatchObject({ street: "s", zip: 7n });
  message.street = "t";
  const back = pair.translator.up(toBinary(pair.v3, message), trust);
  expect(fromBinary(pair.v4, back.value)).toMatchObject({ address: { street: "t", zip: 7, country: "DE" } });
  expect(back.lost).toEqual([]);
  message.street = "";
  message.zip = 0n;
  const cleared = pair.translator.up(toBinary(pair.v3, message), trust);
  expect(fromBinary(pair.v4, cleared.value)).toMatchObject({ address: { zip: 0, country: "DE" } });
});

test("a submessage without fields is told from none", () => {
  for (const init of [{}, { address: {} }, { address: { street: "" } }]) {
    const bytes = write("v4", init);
    expect(pair.translator.up(pair.translator.down(bytes).value, trust).value).toEqual(bytes);
  }
  const edited: Stub = fromBinary(pair.v3, pair.translator.down(write("v4", { address: {} })).value);
  edited.zip = 5n;
  const { value } = pair.translator.up(toBinary(pair.v3, edited), trust);
  expect(fromBinary(pair.v4, value)).toMatchObject({ address: { zip: 5 } });
});

test("what does not fit in the submessage comes back, and yields to an edit", () => {
  const there = pair.translator.up(write("v3", { street: "s", zip: 2n ** 40n + 5n }));
  const message: Stub = fromBinary(pair.v4, there.value);
  expect(message.address).toMatchObject({ street: "s", zip: 5 });
  expect(pair.translator.down(toBinary(pair.v4, message), trust).value).toEqual(
    write("v3", { street: "s", zip: 2n ** 40n + 5n }),
  );
  message.address.zip = 6;
  const back = pair.translator.down(toBinary(pair.v4, message), trust);
  expect(fromBinary(pair.v3, back.value)).toMatchObject({ street: "s", zip: 6n });
  expect(back.lost).toEqual([{ path: "address", reason: "edited" }]);
});

test("what is wrong in the submessage is told with its path", () => {
  const broken = tagged(5, WireType.Bytes, tagged(1, WireType.Bytes, Uint8Array.of(0xff)));
  expect(() => pair.translator.down(broken)).toThrow(
    expect.objectContaining({ code: "utf8-invalid", path: "address" }),
  );
});
