import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allRules, fixTable } from "../../src/rules/index.js";
import { fixParagraph } from "./fix-paragraph.js";
import { fixtures, folderOf } from "./fixture.js";

test("of every rule it is said what --fix does, or why it does nothing", () => {
  expect(Object.keys(fixTable).sort()).toEqual(allRules.map(({ id }) => id).sort());
  for (const { fix, unfixable } of Object.values(fixTable)) expect(fix ?? unfixable).toBeDefined();
});

test("docs/fix.md has the table", async () => {
  const page = await readFile(new URL("../../docs/fix.md", import.meta.url), "utf8");
  const [, table] = page.split("## Rule by rule\n\n");
  expect(table).toBe(rows().join(""));
});

test.each(Object.entries(fixTable))("the page of %s ends with what --fix does", async (id, entry) => {
  const page = await readFile(join(fixtures, folderOf(id), "README.md"), "utf8");
  expect(page.slice(page.lastIndexOf("\n\n") + 2)).toBe(fixParagraph(entry));
});

/** Rules of which the same is said share a row. */
function rows(): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const [id, { fix = "—", unfixable = "" }] of Object.entries(fixTable)) {
    const said = `${fix} | ${unfixable}`;
    groups.set(said, [...(groups.get(said) ?? []), `\`${id}\``]);
  }
  const lines = [...groups].map(([said, ids]) => `| ${ids.join(", ")} | ${said} |\n`);
  return ["| rules | `--fix` | left to people |\n", "|---|---|---|\n", ...lines];
}
