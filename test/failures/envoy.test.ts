import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { beforeAll, describe, expect, test } from "vitest";
import { strip, stripStash } from "../../src/runtime/index.js";
import { type LoadedPair, loadPair, trust } from "./load-pair.js";

// Between v2 and v3 Envoy kept what the other version could not say in hidden fields, which had to be scrubbed before
// sending, ignored in hashes, and treated apart in Any.

let pair: LoadedPair;
beforeAll(async () => {
  pair = await loadPair({
    v3: "message M { repeated string tags = 1; Inner inner = 2; google.protobuf.Any any = 3; } message Inner { repeated string tags = 1; }",
    v4: "message M { string tags = 1; Inner inner = 2; google.protobuf.Any any = 3; } message Inner { string tags = 1; }",
  });
});

const inside = { tags: ["a", "b"] };
const whole = { ...inside, inner: inside, any: { "@type": "type.googleapis.com/case0.v3.Inner", ...inside } };
const seen = { tags: "a" };
const plain = { ...seen, inner: seen, any: { "@type": "type.googleapis.com/case0.v4.Inner", ...seen } };

const countStashes = (bytes: Uint8Array) =>
  Buffer.from(bytes).toString("latin1").split("\u{e2}\u{bc}\u{09}").length - 1;

test("a payload of Any keeps its own stash, and is what it was when it comes home", () => {
  const { translator, v3, v4 } = pair;
  const sent = translator.up(v3.write(whole)).value;
  expect(v4.read(sent)).toEqual(plain);
  expect(countStashes(sent)).toBe(3);
  const { value, lost } = translator.down(v4.edit(sent, {}), trust);
  expect(v3.read(value)).toEqual(whole);
  expect(lost).toEqual([]);
  expect(countStashes(value)).toBe(0);
});

describe("a stash is nobody's but the translator's", () => {
  test("what comes in with one, from whoever is not trusted, goes on without", () => {
    const { translator, v3, v4 } = pair;
    const { value, lost } = translator.down(v4.edit(translator.up(v3.write(whole)).value, {}));
    expect(countStashes(value)).toBe(0);
    expect(new Set(lost.map(({ reason }) => reason))).toEqual(new Set(["stripped"]));
    expect(v3.read(value)).toMatchObject({ tags: ["a"], inner: { tags: ["a"] } });
  });

  test("bytes that leave for elsewhere are scrubbed in one call, at all levels", () => {
    const { plan, translator, v3, v4 } = pair;
    const sent = translator.up(v3.write(whole)).value;
    const { value: scrubbed } = strip(plan, "case0.v4.M", sent);
    expect(countStashes(scrubbed)).toBe(0);
    expect(v4.read(scrubbed)).toEqual(plain);
  });

  test("messages that mean the same have the same hash without it", () => {
    const { translator, v3, v4 } = pair;
    const hashed = (tags: readonly string[]) => {
      const bytes = translator.up(v3.write({ tags: [...tags], inner: { tags: [...tags] } })).value;
      const message = fromBinary(v4.desc, bytes);
      stripStash(v4.desc, message);
      return Buffer.from(toBinary(v4.desc, message)).toString("hex");
    };
    expect(hashed(["a", "b"])).toBe(hashed(["a", "c", "d"]));
    expect(hashed(["a", "b"])).not.toBe(hashed(["b", "a"]));
  });
});
