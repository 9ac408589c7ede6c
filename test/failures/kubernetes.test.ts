import { expect, test } from "vitest";
import { loadPair } from "./load-pair.js";

// https://github.com/kubernetes/kubernetes/issues/38922: a conversion was skipped below a cast between types that
// looked identical.

test("a message that looks the same is not copied where something far below it changes", async () => {
  const chain =
    "message M { A a = 1; repeated A list = 2; map<string, A> map = 3; } message A { B b = 1; } message B { C c = 1; }";
  const { mapping, translator, v3, v4 } = await loadPair({
    v3: `${chain} message C { int32 size = 1; B back = 2; }`,
    v4: `${chain} message C { int32 size = 7; B back = 2; }`,
  });
  expect(mapping.messages.filter(({ identical }) => identical)).toEqual([]);
  const json = {
    a: { b: { c: { size: 5, back: { c: { size: 6 } } } } },
    list: [{ b: { c: { size: 7 } } }],
    map: { x: { b: { c: { size: 8 } } } },
  };
  expect(v4.read(translator.up(v3.write(json)).value)).toEqual(json);
  expect(v3.read(translator.down(v4.write(json)).value)).toEqual(json);
});

test("messages that only reach each other, and nothing that changes, are copied whole", async () => {
  const cycle = "message M { A a = 1; } message A { M m = 1; string name = 2; }";
  const { mapping, translator, v3 } = await loadPair({ v3: cycle, v4: cycle });
  expect(mapping.messages.every(({ identical }) => identical)).toBe(true);
  const bytes = v3.write({ a: { m: { a: { name: "x" } } } });
  expect(translator.up(bytes).value).toBe(bytes);
});
