import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { findBuf } from "../../src/image/find-buf.js";
import { allRules, deprecatedRules } from "../../src/rules/index.js";

test("the deprecated ids, and what took their place, are those that buf's v1 lists", () => {
  const args = ["config", "ls-breaking-rules", "--version", "v1", "--include-deprecated", "--format", "json"];
  const listed = execFileSync(findBuf(), args, { encoding: "utf8" })
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const deprecated = listed.filter((rule) => rule.deprecated);
  expect(deprecated.length).toBeGreaterThan(0);
  expect(deprecatedRules).toEqual(
    Object.fromEntries(deprecated.map(({ id, replacements }) => [id, replacements ?? []])),
  );
});

test("what took the place of a deprecated rule exists", () => {
  const ids = allRules.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(Object.values(deprecatedRules).flat()));
});
