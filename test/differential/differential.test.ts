import fc from "fast-check";
import { expect, test } from "vitest";
import { bufsRules, compare } from "./compare.js";
import { fixedCases } from "./fixed-cases.js";
import { printCase } from "./print-case.js";
import { randomPair } from "./random-case.js";

/** More of both find rarer differences: `LIKE_BUF_RUNS=2000 LIKE_BUF_SEED=7 npx vitest run like-buf`. */
const runs = Number(process.env.LIKE_BUF_RUNS ?? 250);
const seed = Number(process.env.LIKE_BUF_SEED ?? 4);

test("20 rules say what buf says, in every category, at the same place and as often", {
  timeout: 900_000,
}, async () => {
  const pairs = fc.sample(randomPair(), { numRuns: runs, seed });
  const { differences, fired, dropped } = await compare(
    pairs.map(({ before, after }) => [printCase(before), printCase(after)]),
  );
  expect(differences).toEqual([]);
  const everFired = new Set([...fired.values()].flatMap((rules) => [...rules]));
  expect([...everFired].sort()).toEqual(bufsRules.toSorted());
  // The generator is to print what compiles; a few leftovers are cheaper than a compiler in it.
  expect(dropped.size, [...dropped.values()].join("\n")).toBeLessThan(runs / 50);
});

test("the same about cases that random edits seldom reach", async () => {
  const cases = Object.entries(fixedCases);
  const { differences, fired, dropped } = await compare(
    cases.map(([, { before, after }]) => [toSources(before), toSources(after)]),
  );
  expect([...dropped.values()]).toEqual([]);
  expect(differences).toEqual([]);
  const byCase = cases.map(([name], index) => [name, [...(fired.get(`c${index}`) ?? [])].sort()]);
  expect(byCase).toEqual(cases.map(([name, { expected }]) => [name, expected]));
  expect(fired.get("")).toEqual(new Set(["FILE_NO_DELETE"]));
});

function toSources(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(files));
}
