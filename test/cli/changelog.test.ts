import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFolder, type Outcome, proto4, run } from "./proto4.js";

const order = (body: string) => `syntax = "proto3"; package shop.v1; message Order { ${body} }\n`;

let folder: string;

// Two versions with tags, and a work tree that is ahead of both.
beforeAll(async () => {
  folder = await makeFolder({ "shop/v1/order.proto": order("string id = 1;") });
  await git("init", "-q");
  await commit("v1.0.0", "2026-01-15");
  await writeFile(join(folder, "shop/v1/order.proto"), order("string id = 1; string note = 2;"));
  await commit("v1.1.0", "2026-02-15");
  await writeFile(join(folder, "shop/v1/order.proto"), order("string id = 1;"));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const changelog = (...args: readonly string[]): Promise<Outcome> => proto4(folder, "changelog", ...args);

async function git(...args: readonly string[]): Promise<void> {
  const outcome = await run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], folder);
  expect(outcome.code, outcome.stderr).toBe(0);
}

async function commit(tag: string, day: string): Promise<void> {
  await git("add", ".");
  const date = `${day}T12:00:00Z`;
  const env = { GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date };
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com"];
  expect((await run("git", [...identity, "commit", "-qm", tag], folder, env)).code).toBe(0);
  await git("tag", tag);
}

test("what changed since a commit is told by package and element, and is no failure", async () => {
  const { code, stdout, stderr } = await changelog("--against", ".git#tag=v1.1.0");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.replace(/\b[0-9a-f]{12}\b/, "ID")).toBe(
    [
      ".git#tag=v1.1.0 to now: major (1 major)",
      "",
      "shop.v1: major, or a package shop.v2 beside it",
      "  message shop.v1.Order",
      '    major  field 2 "note" was removed',
      "             error FIELD_NO_DELETE ID",
      "",
    ].join("\n"),
  );
});

test("the finding ids are those of proto4 check", async () => {
  const [told, checked] = await Promise.all([
    changelog("--against", ".git#tag=v1.1.0", "--format", "json"),
    proto4(folder, "check", "--against", ".git#tag=v1.1.0", "--format", "json"),
  ]);
  const [entry] = JSON.parse(told.stdout).releases[0].packages[0].elements[0].entries;
  expect(entry.findings.map(({ id }: { id: string }) => id)).toEqual([JSON.parse(checked.stdout).finding]);
});

test("all tags make a changelog of releases, newest first", async () => {
  const { stdout } = await changelog("--against-last", "all", "--format", "markdown");
  expect(stdout.match(/^(##|-|Calls|No) .*/gm)?.map((line) => line.replace(/ \(`.*\)$/, ""))).toEqual([
    "## Changes since v1.1.0 (2026-02-15)",
    "Calls for a **major** version (1 major).",
    "- **major**: field 2 `note` was removed",
    "## v1.1.0 (2026-02-15)",
    "Calls for a **minor** version (1 minor).",
    "- minor: field 2 `note` was added",
  ]);
});

test("no change is said to be none", async () => {
  expect(await changelog("--against", ".")).toEqual({
    code: 0,
    stdout: ". to now: no changes\n",
    stderr: "",
  });
  const { stdout } = await changelog("--against", ".", "--format", "json");
  expect(JSON.parse(stdout).releases).toMatchObject([{ step: "none", packages: [] }]);
});

test("--fail-on is exit code 100 from that step on", async () => {
  const since = ["--against", ".git#tag=v1.1.0", "--category", "WIRE_JSON"];
  expect(await changelog(...since, "--fail-on", "major")).toMatchObject({ code: 100 });
  const added = ["--against", ".git#tag=v1.0.0"];
  expect(await changelog(...added, "--fail-on", "patch")).toMatchObject({ code: 0 });
  await writeFile(join(folder, "shop/v1/order.proto"), order("string id = 1; int32 more = 3;"));
  expect(await changelog(...added, "--fail-on", "minor")).toMatchObject({ code: 100 });
  expect(await changelog(...added, "--fail-on", "major")).toMatchObject({ code: 0 });
  await writeFile(join(folder, "shop/v1/order.proto"), order("string id = 1;"));
});

test("what two modules import is told once, and judged by each", async () => {
  const modules = (type: string, yaml = "") => ({
    "buf.yaml": `version: v2\nmodules: [{ path: a }, { path: b }, { path: c }]\n${yaml}`,
    "a/a.proto": 'syntax = "proto3"; package a.v1; import "c.proto"; message A { c.v1.C c = 1; }',
    "b/b.proto": 'syntax = "proto3"; package b.v1; import "c.proto"; message B { c.v1.C c = 1; }',
    "c/c.proto": `syntax = "proto3"; package c.v1; message C { ${type} value = 1; }`,
  });
  const prefixed = (prefix: string, files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`${prefix}/${path}`, text]));
  const trees = await makeFolder({
    ...prefixed("before", modules("int32")),
    ...prefixed("after", modules("string")),
    ...prefixed("ignoring", modules("string", "breaking: { ignore: [c] }")),
  });
  const told = (input: string, ...args: readonly string[]) =>
    proto4(trees, "changelog", input, "--against", "before", ...args);
  expect((await told("after")).stdout).toContain("before to now: major (1 major)");
  expect((await told("after", "--exclude-imports")).stdout).toContain("before to now: major (1 major)");
  // By who only imports it, it is still judged.
  expect((await told("ignoring")).stdout).toContain("before to now: major (1 major)");
  expect((await told("ignoring", "--exclude-imports")).stdout).toContain("before to now: minor (1 minor)");
  await rm(trees, { recursive: true, force: true });
});

test.each([
  ["nothing to compare with", [], /--against/],
  ["an unknown format", ["--against", ".", "--format", "html"], /text, markdown, json/],
  ["an unknown category", ["--against", ".", "--category", "WIRES"], /did you mean WIRE\?/],
  ["an input that is not there", ["nowhere", "--against", "."], /nowhere/],
])("%s is exit code 1 and a sentence", async (_, args, sentence) => {
  const { code, stdout, stderr } = await changelog(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("--help has examples", async () => {
  expect((await changelog("--help")).stdout).toContain("proto4 changelog --against-last 1 --format markdown");
});
