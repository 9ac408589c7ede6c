import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { explainJson, listJson } from "../../src/cli/explain/explain-json.js";
import { explainMarkdown, listMarkdown } from "../../src/cli/explain/explain-markdown.js";
import { explainText, listText } from "../../src/cli/explain/explain-text.js";
import { findTopic } from "../../src/cli/explain/topics.js";
import { allRules, categories } from "../../src/rules/index.js";
import { folderOf } from "../rules/fixture.js";
import { root } from "../setup/source-files.js";
import { proto4 } from "./proto4.js";

const explain = (...args: readonly string[]) => proto4(root, "explain", ...args);
const ids = allRules.map(({ id }) => id);

describe.each(allRules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const topic = findTopic(id);

  test("has a page with all that a reader asks for", () => {
    const text = explainText(topic, 80);
    expect(text.startsWith(`${id}\n`)).toBe(true);
    for (const part of [/^Why$/m, /^Example$/m, /^Way out$/m, /^ {2}before\//m, /^ {2}after\//m])
      expect(text).toMatch(part);
    expect(text).toMatch(new RegExp(`^severity +${rule.severity}$`, "m"));
    expect(text).toMatch(new RegExp(`^ {4}\\S.*\\b${id}\\b`, "m"));
    expect(text).not.toMatch(/\]\(|\*\*/);
  });

  test("needs no other file in Markdown, and no width to speak of", () => {
    expect(explainMarkdown(topic)).not.toMatch(/\]\((?!https:)/);
    expect(proseOf(explainText(topic, 40)).filter(({ length }) => length > 40)).toEqual([]);
  });

  test("has its parts as JSON", () => {
    const { kind, sections, files, report } = JSON.parse(explainJson(topic));
    expect({ kind, titles: sections.map(({ title }: { title: string }) => title) }).toMatchObject({
      kind: "rule",
      titles: expect.arrayContaining(["Why", "Example", "Way out"]),
    });
    expect(Object.keys(files).some((path) => path.startsWith("before/"))).toBe(true);
    expect(report).toContain(id);
  });
});

/** Without sources, reports, and words that no line of 40 has room for. */
function proseOf(text: string): readonly string[] {
  return text.split("\n").filter((line) => !line.startsWith("    ") && !/\S{30}/.test(line));
}

test("the list has every rule once, and every category with its rules in number", () => {
  for (const text of [listText(100), listMarkdown()])
    for (const id of ids) expect(text.match(new RegExp(`^(\\| | {2})${id} `, "gm")), id).toHaveLength(1);
  for (const category of categories) {
    const count = allRules.filter((rule) => rule.categories.includes(category)).length;
    expect(listText(100)).toMatch(new RegExp(`^${category}: ${count} rules`, "m"));
  }
  expect(JSON.parse(listJson()).rules.map(({ id }: { id: string }) => id)).toEqual(ids);
});

test("the page of all rules is what the command lists, each linked to its own", async () => {
  const link = (id: string) => `[${id}](../fixtures/rules/${folderOf(id)}/README.md)`;
  const intro =
    "`proto4 explain` prints this list, and `proto4 explain FIELD_NO_DELETE` the page of a rule with its example. Each rule stands\n" +
    "under the first of its categories; `proto4 explain WIRE` lists all of one.";
  const page = listMarkdown(link).replace("\n\n", `\n\n${intro}\n\n`);
  await expect(page).toMatchFileSnapshot(join(root, "docs/rules.md"));
});

test.each(categories)("%s lists its rules, and no other", (category) => {
  const own = allRules.filter((rule) => rule.categories.includes(category)).map(({ id }) => id);
  const text = explainText(findTopic(category), 80);
  expect([...text.matchAll(/^ {2}([A-Z0-9_]+) \(/gm)].map(([, id]) => id)).toEqual(own);
  expect(JSON.parse(explainJson(findTopic(category))).rules).toEqual(own);
});

test.each(["EXPERIMENTAL", "STABLE", "FROZEN", "DEPRECATED"])("%s tells its promise", (state) => {
  for (const text of [explainText(findTopic(state), 80), explainMarkdown(findTopic(state))])
    expect(text).toMatch(new RegExp(`promise.*\\(proto4\\.field_lifecycle\\) = ${state}`, "s"));
});

test("a name may be spelled as the folder of its page", () => {
  expect(findTopic("field-no-delete")).toEqual(findTopic("FIELD_NO_DELETE"));
  expect(findTopic("wire_json")).toMatchObject({ category: "WIRE_JSON" });
});

test("a rule of elder configurations leads to those that took over", () => {
  expect(explainText(findTopic("FIELD_SAME_CTYPE"), 80)).toContain("see FIELD_SAME_CPP_STRING_TYPE");
  expect(explainText(findTopic("FILE_SAME_PHP_GENERIC_SERVICES"), 80)).toContain("matters to nobody");
});

test("the command prints a page, and the list without a name", async () => {
  const page = await explain("FIELD_NO_DELETE");
  expect(page).toEqual({ code: 0, stderr: "", stdout: explainText(findTopic("FIELD_NO_DELETE"), 100) });
  expect(await explain("--format", "markdown")).toMatchObject({ code: 0, stdout: listMarkdown() });
});

test.each([
  ["FIELD_NO_DELET", "FIELD_NO_DELETE"],
  ["depricated", "DEPRECATED"],
  ["WIRE-JASON", "WIRE_JSON"],
  ["sunset", "LIFECYCLE_SUNSET"],
])("%s is exit code 1, and %s is suggested", async (name, nearest) => {
  const { code, stdout, stderr } = await explain(name);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(
    `there is no rule, category or state "${name}"; did you mean ${nearest}? "proto4 explain" lists them all\n`,
  );
});

test("nothing is suggested that nobody can have meant", async () => {
  expect((await explain("foo")).stderr).toBe(
    'there is no rule, category or state "foo": "proto4 explain" lists them all\n',
  );
});

test.each(["3fa29d1c04be", "3FA29D1C", "012345678901"])(
  "%s is a finding's id, not a slip of the pen",
  async (id) => {
    const { code, stderr } = await explain(id);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      new RegExp(`^"${id}" looks like a finding's id, .*give the one that proto4 check`),
    );
  },
);

test("a name without end is an error as well", async () => {
  const { code, stderr } = await explain("x".repeat(100_000));
  expect(code).toBe(1);
  expect(stderr.length).toBeLessThan(400);
});

test("--help has examples", async () => {
  expect((await explain("--help")).stdout).toContain("proto4 explain FIELD_NO_DELETE");
});
