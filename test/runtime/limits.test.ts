import { create, toBinary } from "@bufbuild/protobuf";
import { beforeAll, expect, test } from "vitest";
import { createTranslator, type Plan, strip } from "../../src/runtime/index.js";
import { WireType } from "../../src/wire/index.js";
import { join, tagged, varintBytes } from "./arbitrary-bytes.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

const trust = { stash: "trust" } as const;
const layer = tagged(19404, WireType.Bytes, Uint8Array.of(0xff));

test("a full stash is told, and the message crosses without what it lost", () => {
  const bytes = toBinary(kinds.v4, create(kinds.v4, { score: 2n ** 40n + 5n, level: 2n ** 41n, title: "t" }));
  const whole = kinds.translator.down(bytes);
  expect(whole.lost).toEqual([]);
  const one = kinds.translator.down(bytes, { stashLimit: { items: 1 } });
  expect(one.lost).toEqual([{ path: "level", reason: "limit" }]);
  expect(kinds.translator.up(one.value, trust).value.length).toBeLessThan(bytes.length);
  const none = kinds.translator.down(bytes, { stashLimit: { bytes: 3 } });
  expect(none.lost.map(({ reason }) => reason)).toEqual(["limit", "limit"]);
  expect(kinds.translator.down(bytes, { stashLimit: { items: 2 } })).toEqual(whole);
});

test("the limit is one for the whole message, lists told by index", () => {
  const child = tagged(14, WireType.Bytes, tagged(1, WireType.Varint, varintBytes(2n ** 40n)));
  const { lost } = kinds.translator.down(join([child, child, child]), { stashLimit: { items: 2 } });
  expect(lost).toEqual([{ path: "children[2].age", reason: "limit" }]);
});

test("strip takes out every stash that the plan knows of, in messages that do not change too", () => {
  const inner = tagged(2, WireType.Bytes, Uint8Array.of(0x61));
  const parts = (...stash: Uint8Array[]) => [
    tagged(12, WireType.Bytes, join([inner, ...stash])),
    tagged(14, WireType.Bytes, join([...stash, inner])),
    tagged(
      15,
      WireType.Bytes,
      join([
        tagged(1, WireType.Bytes, Uint8Array.of(0x61)),
        tagged(2, WireType.Bytes, join([inner, ...stash])),
      ]),
    ),
    tagged(23, WireType.Bytes, join([tagged(1, WireType.Bytes, Uint8Array.of(0x61)), ...stash])),
    tagged(27, WireType.Bytes, join(stash)),
  ];
  const { value, lost } = strip(kinds.plan, "kinds.v3.Record", join([layer, ...parts(layer), layer]));
  expect(value).toEqual(join(parts()));
  expect(lost.map(({ path }) => path)).toEqual(["", "child", "children[0]", 'by_name["a"]', "same", "next"]);
  const clean = join(parts());
  expect(strip(kinds.plan, "kinds.v3.Record", clean).value).toBe(clean);
});

test("strip says which message it does not know, and refuses what is malformed", () => {
  expect(() => strip(kinds.plan, "kinds.v3.Wrong", layer)).toThrow("the plan does not hold kinds.v3.Wrong");
  expect(() => strip(kinds.plan, "kinds.v3.Record", Uint8Array.of(0x0a))).toThrow(
    expect.objectContaining({ name: "TranslateError", code: "truncated" }),
  );
  // A parser that reads on behind the end of a message would find the stash in this one.
  const broken = tagged(12, WireType.Bytes, join([layer, Uint8Array.of(0x0a)]));
  expect(() => strip(kinds.plan, "kinds.v3.Record", broken)).toThrow(
    expect.objectContaining({ name: "TranslateError", code: "truncated", path: "child" }),
  );
});

test("a map that only v3 has travels without a stash, in whatever order its entries come back", () => {
  const map = {
    number: 1,
    name: "labels",
    type: "message",
    label: "map",
    message: "m.v3.M.LabelsEntry",
  } as const;
  const entry = (key: number) =>
    tagged(
      1,
      WireType.Bytes,
      join([tagged(1, WireType.Bytes, Uint8Array.of(key)), tagged(2, WireType.Varint, Uint8Array.of(1))]),
    );
  const plan: Plan = {
    messages: [
      {
        v3: "m.v3.M",
        v4: "m.v4.M",
        contract: "CANON",
        changes: {
          digest: "00000000000000ff",
          same: [],
          changed: [],
          only: [{ side: "v3", field: map, digest: "00000000000000d1" }],
          reserved: [],
        },
      },
    ],
    shapes: [
      {
        message: map.message,
        fields: [
          { number: 1, name: "key", type: "string" },
          { number: 2, name: "value", type: "int32" },
        ],
      },
    ],
  };
  const { up, down } = createTranslator(plan, "m.v3.M");
  for (const bytes of [join([entry(98), entry(97)]), join([entry(97), entry(98)])]) {
    expect(up(bytes).value).toEqual(bytes);
    expect(down(bytes).value).toEqual(bytes);
  }
  const odd = join([entry(97), entry(97)]);
  expect(down(odd).value.length).toBeGreaterThan(odd.length);
});

test("what is lost is listed up to a limit, which is told", () => {
  const child = tagged(14, WireType.Bytes, layer);
  const { lost } = kinds.translator.up(join(Array.from({ length: 100_500 }, () => child)));
  expect(lost.length).toBe(100_001);
  expect(lost[0]).toEqual({ path: "children[0]", reason: "stripped" });
  expect(lost.at(-1)?.reason).toBe("limit");
});
