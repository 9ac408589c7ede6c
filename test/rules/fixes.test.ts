import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "vitest";
import { parseYaml } from "../../src/gate/config/parse-yaml.js";
import { readPolicy } from "../../src/gate/config/read-policy.js";
import { check, type Finding, unifiedDiff } from "../../src/gate/index.js";
import type { Image } from "../../src/image/index.js";
import { allRules, defaultPolicy, fixTable, type Policy, type Rule } from "../../src/rules/index.js";
import { type FixCase, fixSources, readSources } from "./fix-case.js";
import { fixtures, folderOf, loadElder, loadSources } from "./fixture.js";

/** The day on which every fixture is judged. */
const today = "2026-11-22";

test.concurrent.for(allRules)(
  "what --fix does about $id is what its fixture shows",
  async (rule, { expect }) => {
    const { id } = rule;
    const fixed = await fixFixture(folderOf(id), rule);
    await expect(told(fixed)).toMatchFileSnapshot(join(fixtures, folderOf(id), "fix.txt"));
    const { result } = fixed;
    const isFixed = result.fixed.some((finding) => finding.rule === id);
    expect(isFixed).toBe(fixTable[id]?.fix !== undefined && !elsewhere.has(id));
    expect(fixed.again.sources).toEqual([]);
    // What is left has been told, each with its reason.
    const idOf = ({ id }: Finding) => id;
    expect(
      result.unfixed
        .map(({ finding }) => finding)
        .map(idOf)
        .sort(),
    ).toEqual(result.remaining.map(idOf).sort());
  },
);

/** Whose fixtures show what cannot be fixed; what can is shown below. */
const elsewhere: ReadonlySet<string> = new Set(["PACKAGE_NO_DELETE", "EXTENSION_NO_DELETE"]);

/** Of the categories in which a rule is asked, the first that finds something. */
async function fixFixture(folder: string, rule: Rule): Promise<FixCase> {
  const [elder, policy, history, sources] = await Promise.all([
    loadSources(join(fixtures, folder, "before")),
    loadPolicy(folder),
    loadElder(folder),
    readSources(join(fixtures, folder, "after")),
  ]);
  const asks = (category: string) => ({ today, categories: [category], policy, history });
  const choose = (newer: Image) =>
    categoriesOf(rule)
      .map(asks)
      .find((options) => check(elder, newer, options).some((finding) => finding.rule === rule.id))!;
  return fixSources(elder, sources, choose, (finding) => finding.rule === rule.id);
}

/** What proto4 always asks is asked beside another category, as `proto4 check` does: the first that does not say the same. */
function categoriesOf({ categories }: Rule): readonly string[] {
  const named = categories.filter((category) => category !== "LIFECYCLE" && category !== "STRICT");
  return named.length > 0 ? named.slice(0, 1) : ["FILE", "WIRE"];
}

async function loadPolicy(folder: string): Promise<Policy> {
  if (!(await readdir(join(fixtures, folder))).includes("proto4.yaml")) return defaultPolicy;
  const text = await readFile(join(fixtures, folder, "proto4.yaml"), "utf8");
  return readPolicy(parseYaml(text, "proto4.yaml")).policy;
}

/** A diff, and below it what was not fixed. */
function told({ result }: FixCase): string {
  const diffs = result.sources.map(({ path, before, after }) => unifiedDiff(path, before, after));
  const left = result.unfixed.map(({ finding, why }) => `cannot fix ${finding.symbol}: ${why}\n`);
  return [...diffs, ...left].join("");
}
