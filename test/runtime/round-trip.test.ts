import { fromBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { WireType } from "../../src/wire/index.js";
import { anyV3, anyV4 } from "./any-record.js";
import { tagged } from "./arbitrary-bytes.js";
import { canonicalForm, canonicalFormWithoutStash, recode } from "./canonical-form.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

const trust = { stash: "trust" } as const;

test("v3 comes back from a v4 stub as it was, unknown fields included", () => {
  const { v3, v4, translator } = kinds;
  fc.assert(
    fc.property(anyV3(kinds), (bytes) => {
      const up = translator.up(recode(v3, bytes));
      const down = translator.down(recode(v4, up.value), trust);
      expect([...up.lost, ...down.lost]).toEqual([]);
      expect(canonicalForm(v3, down.value)).toBe(canonicalForm(v3, bytes));
    }),
    { numRuns: 1000 },
  );
});

test("v4 comes back from a v3 stub as it was, unknown fields included", () => {
  const { v3, v4, translator } = kinds;
  fc.assert(
    fc.property(anyV4(kinds), (bytes) => {
      const down = translator.down(recode(v4, bytes));
      const up = translator.up(recode(v3, down.value), trust);
      expect([...down.lost, ...up.lost]).toEqual([]);
      expect(canonicalFormWithoutStash(v4, up.value)).toBe(canonicalForm(v4, bytes));
    }),
    { numRuns: 1000 },
  );
});

test("bytes that no encoder would write come back as well", () => {
  const { v3, v4, translator } = kinds;
  fc.assert(
    fc.property(anyV3(kinds), anyV4(kinds), (elder, newer) => {
      const back3 = translator.down(translator.up(elder).value, trust).value;
      const back4 = translator.up(translator.down(newer).value, trust).value;
      expect(canonicalFormWithoutStash(v3, back3)).toBe(canonicalForm(v3, elder));
      expect(canonicalFormWithoutStash(v4, back4)).toBe(canonicalForm(v4, newer));
    }),
    { numRuns: 300 },
  );
});

test("v3 comes back after three more journeys", () => {
  const { v3, v4, translator } = kinds;
  fc.assert(
    fc.property(anyV3(kinds), (bytes) => {
      let travelling = bytes;
      for (let journey = 0; journey < 3; journey++) {
        const up = translator.up(travelling, trust).value;
        travelling = recode(v3, translator.down(recode(v4, up), trust).value);
      }
      expect(canonicalFormWithoutStash(v3, travelling)).toBe(canonicalForm(v3, bytes));
    }),
    { numRuns: 200 },
  );
});

test("the generators set every field often enough", () => {
  for (const [desc, bytes] of [
    [kinds.v3, anyV3(kinds)],
    [kinds.v4, anyV4(kinds)],
  ] as const) {
    const messages = fc
      .sample(bytes, { numRuns: 500, seed: 4 })
      .map((each) => reflect(desc, fromBinary(desc, each)));
    for (const field of desc.fields) {
      const share = messages.filter((message) => message.isSet(field)).length / messages.length;
      expect(share, field.toString()).toBeGreaterThan(0.05);
    }
  }
});

test("the generators make what has to be stashed often enough", () => {
  const stashing = (bytes: readonly Uint8Array[]) =>
    bytes.filter((each) => Buffer.from(each).includes(Buffer.from(stashTag))).length;
  const up = fc
    .sample(anyV3(kinds), { numRuns: 500, seed: 4 })
    .map((each) => kinds.translator.up(each).value);
  const down = fc
    .sample(anyV4(kinds), { numRuns: 500, seed: 4 })
    .map((each) => kinds.translator.down(each).value);
  expect(stashing(up)).toBeGreaterThan(200);
  expect(stashing(down)).toBeGreaterThan(200);
});

const stashTag = tagged(19404, WireType.Bytes, new Uint8Array()).subarray(0, 3);
