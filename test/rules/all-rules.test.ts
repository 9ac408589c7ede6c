import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allRules, bufCategories } from "../../src/rules/index.js";
import { bufRules } from "../differential/batch.js";
import { fixtures, folderOf, listFixtures } from "./fixture.js";

const ids = allRules.map(({ id }) => id);
const isBufs = (category: string) => bufCategories.some((name) => name === category);
const bufs = allRules.filter(({ categories }) => categories.some(isBufs));

test("no two rules have the same id", () => {
  expect(new Set(ids).size).toBe(ids.length);
});

test("every rule has a fixture with a page, and every fixture a rule", async () => {
  expect(await listFixtures()).toEqual(ids.map(folderOf).sort());
  for (const id of ids) {
    const page = await readFile(join(fixtures, folderOf(id), "README.md"), "utf8");
    expect(page.startsWith(`# ${id}\n`)).toBe(true);
    await access(join(fixtures, folderOf(id), "expected.txt"));
  }
});

test("every rule of buf's is there", async () => {
  expect([...(await bufRules()).keys()].filter((id) => !ids.includes(id))).toEqual([]);
  expect(bufs.length).toBe(64);
});

test("a rule with buf's id is in the categories that buf puts it in", async () => {
  const theirs = await bufRules();
  const expected = bufs.map(({ id }) => [id, [...(theirs.get(id) ?? [])].sort()]);
  expect(bufs.map(({ id, categories }) => [id, categories.filter(isBufs).sort()])).toEqual(expected);
});

test("a page names its rule's categories", async () => {
  for (const { id, categories } of allRules) {
    const page = await readFile(join(fixtures, folderOf(id), "README.md"), "utf8");
    expect(page.replaceAll("\n", " ")).toMatch(new RegExp(`Categor(y|ies): ${categories.join(", ")}[.,]`));
  }
});

test("every rule says who breaks", () => {
  for (const { id, breaks } of allRules) expect([id, breaks.length]).not.toEqual([id, 0]);
});

test("a rule judges changes or inspects elements", () => {
  for (const rule of allRules) expect(rule.judge ?? rule.inspect).toBeDefined();
});
