import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseYaml } from "../../src/gate/config/parse-yaml.js";
import { readPolicy } from "../../src/gate/config/read-policy.js";
import { check, reportText } from "../../src/gate/index.js";
import { allRules, defaultPolicy, type Policy, type Rule } from "../../src/rules/index.js";
import { fixtures, folderOf, loadElder, loadFixture } from "./fixture.js";

/** The day on which every fixture is judged. */
const today = "2026-11-22";

test.each(allRules.map((rule) => [rule.id, rule] as const))(
  "%s reports what its page shows",
  async (id, rule) => {
    const folder = folderOf(id);
    const [before, after] = await loadFixture(folder);
    const [policy, history] = [await loadPolicy(folder), await loadElder(folder)];
    const judged = categoriesOf(rule).map((category) =>
      check(before, after, { today, categories: [category], policy, history }),
    );
    const findings = judged.find((found) => found.some((finding) => finding.rule === id));
    expect(findings).toBeDefined();
    await expect(reportText(findings!)).toMatchFileSnapshot(join(fixtures, folder, "expected.txt"));
  },
);

/** What proto4 always asks is asked beside another category, as `proto4 check` does: the first that does not say the same. */
function categoriesOf({ categories }: Rule): readonly string[] {
  const named = categories.filter((category) => category !== "LIFECYCLE" && category !== "STRICT");
  return named.length > 0 ? named.slice(0, 1) : ["FILE", "WIRE"];
}

/** What the team of a fixture asks beyond the default. */
async function loadPolicy(folder: string): Promise<Policy> {
  if (!(await readdir(join(fixtures, folder))).includes("proto4.yaml")) return defaultPolicy;
  const text = await readFile(join(fixtures, folder, "proto4.yaml"), "utf8");
  return readPolicy(parseYaml(text, "proto4.yaml")).policy;
}
