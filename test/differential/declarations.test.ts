import { expect, test } from "vitest";
import { compare } from "./compare.js";
import { declarationCases } from "./declaration-cases.js";

test("what buf says of files, packages, enums, extensions and methods, case by case", async () => {
  const cases = Object.entries(declarationCases);
  const { differences, fired, dropped } = await compare(
    cases.map(([, { before, after }]) => [toSources(before), toSources(after)]),
  );
  expect([...dropped.values()]).toEqual([]);
  expect(differences).toEqual([]);
  const byCase = cases.map(([name], index) => [name, [...(fired.get(`c${index}`) ?? [])].sort()]);
  expect(byCase).toEqual(cases.map(([name, { expected }]) => [name, expected]));
});

test("the same of images that do not know where anything stands", async () => {
  const pairs = Object.values(declarationCases).map(
    ({ before, after }) => [toSources(before), toSources(after)] as const,
  );
  expect((await compare(pairs, { sourceInfo: false })).differences).toEqual([]);
});

function toSources(files: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(files));
}
