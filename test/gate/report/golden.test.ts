import { readFile } from "node:fs/promises";
import { beforeAll, expect, test } from "vitest";
import { type Finding, type Format, formats, type ReportContext, report } from "../../../src/gate/index.js";
import { folder, loadEveryKind } from "./every-kind.js";

let findings: readonly Finding[];
let context: ReportContext;

beforeAll(async () => {
  ({ findings, context } = await loadEveryKind());
});

const files: Readonly<Record<Format, string>> = {
  text: "text.txt",
  json: "json.jsonl",
  msvs: "msvs.txt",
  junit: "junit.xml",
  "github-actions": "github-actions.txt",
  "gitlab-code-quality": "gitlab-code-quality.json",
  sarif: "sarif.json",
  markdown: "markdown.md",
};

test("the fixture has every kind of finding", () => {
  expect(new Set(findings.map(({ severity }) => severity)).size).toBe(3);
  expect(new Set(findings.map(({ baseline }) => baseline?.name)).size).toBe(2);
  expect(findings.some(({ at }) => at === undefined)).toBe(true);
  expect(findings.some(({ waiver }) => waiver !== undefined)).toBe(true);
});

test.each(formats)("%s says of them what it said before", async (format) => {
  await expect(report(findings, format, context)).toMatchFileSnapshot(`${folder}expected/${files[format]}`);
});

test("text on a terminal of 40 columns, in colours, says of them what it said before", async () => {
  const text = report(findings, "text", { ...context, width: 40, color: true });
  await expect(text).toMatchFileSnapshot(`${folder}expected/text-40-columns.txt`);
});

test("what the page about reports shows is what a report says", async () => {
  const page = await readFile(new URL("../../../docs/reports.md", import.meta.url), "utf8");
  const [, example = ""] = /^## Text\n\n```\n(.*?)^```/ms.exec(page) ?? [];
  expect(example).not.toBe("");
  expect(report(findings, "text", context)).toContain(example);
});

test("the page about reports tells of each format", async () => {
  const page = await readFile(new URL("../../../docs/reports.md", import.meta.url), "utf8");
  const [table = ""] = page.split("\n## ");
  const told = [...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, format]) => format);
  expect(told.sort()).toEqual(formats.toSorted());
});

test.each(formats)("%s is the same on every run", async (format) => {
  const again = await loadEveryKind();
  expect(report(again.findings, format, again.context)).toBe(report(findings, format, context));
});

test.each(["text", "msvs", "junit", "github-actions", "gitlab-code-quality"] as const)(
  "%s has nothing of what is waived",
  (format) => {
    const open = findings.filter(({ waiver }) => waiver === undefined);
    expect(open.length).toBeLessThan(findings.length);
    expect(report(findings, format, context)).toBe(report(open, format, context));
  },
);
