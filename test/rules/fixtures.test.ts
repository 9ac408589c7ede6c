import { join } from "node:path";
import { expect, test } from "vitest";
import { check, reportText } from "../../src/gate/index.js";
import { allRules, defaultPolicy, type Policy } from "../../src/rules/index.js";
import { fixtures, folderOf, loadElder, loadFixture } from "./fixture.js";

/** What a rule's fixture asks for beyond the default. */
const policies: Readonly<Record<string, Partial<Policy>>> = {
  LIFECYCLE_UNANNOTATED: { unannotated: "require" },
};

/** The day on which every fixture is judged. */
const today = "2026-11-22";

test.each(allRules.map((rule) => [rule.id, rule] as const))(
  "%s reports what its page shows",
  async (id, rule) => {
    const folder = folderOf(id);
    const [before, after] = await loadFixture(folder);
    // What proto4 always asks is asked beside another category, as `proto4 check` does; silent where that one speaks.
    const always = ["LIFECYCLE", "STRICT"];
    const [category = rule.saidBy === undefined ? "FILE" : "WIRE"] = rule.categories.filter(
      (name) => !always.includes(name),
    );
    const policy = { ...defaultPolicy, ...policies[id] };
    const history = await loadElder(folder);
    const findings = check(before, after, { today, categories: [category], policy, history });
    expect(findings.map((finding) => finding.rule)).toContain(id);
    await expect(reportText(findings)).toMatchFileSnapshot(join(fixtures, folder, "expected.txt"));
  },
);
