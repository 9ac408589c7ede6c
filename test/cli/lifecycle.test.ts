import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "../setup/source-files.js";
import { makeFolder, type Outcome, proto4 } from "./proto4.js";

const user = `syntax = "proto3"; package shop.v1; import "proto4/options.proto"; message User {
  bytes profile = 1 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {
    since: "2001-01-01" sunset: "2002-03-31" replaced_by: "profile_v2" reason: "typed" }];
  string fax = 2 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms).sunset = "9000-01-31"];
  string profile_v2 = 3;
}`;

let folder: string;

beforeAll(async () => {
  folder = await makeFolder({
    "shop/v1/user.proto": user,
    "shop/v2/user.proto": 'syntax = "proto3"; package shop.v2; message User {}',
    "proto4/options.proto": await readFile(join(root, "proto/proto4/options.proto")),
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const lifecycle = (...args: readonly string[]): Promise<Outcome> => proto4(folder, "lifecycle", ...args);

test("elements are listed from the one whose sunset passed first, on a line each, uncut in a pipe", async () => {
  const { code, stdout, stderr } = await lifecycle();
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const [counts, urgency, , ...rows] = stdout.trimEnd().split("\n");
  expect(counts).toMatch(/^on \d{4}-\d\d-\d\d: 2 DEPRECATED, 5 STABLE \(5 inferred\)$/);
  expect(urgency).toMatch(/^1 is overdue, the next promise ends on 9000-01-31 \(in \d+ days\)$/);
  expect(rows.map((row) => row.split(/ {2,}/).slice(0, 3))).toEqual([
    ["state", "sunset", "element"],
    ["DEPRECATED", "2002-03-31, overdue", "field shop.v1.User.profile"],
    ["DEPRECATED", expect.stringMatching(/^9000-01-31, in \d+ days$/), "field shop.v1.User.fax"],
  ]);
  expect(rows[1]).toMatch(/ 2001-01-01 {2}shop\.v1\.User\.profile_v2 {2}typed$/);
});

test("--fail-on-overdue is exit code 100 where something listed is overdue", async () => {
  expect(await lifecycle("--fail-on-overdue")).toMatchObject({ code: 100 });
  expect(await lifecycle("--fail-on-overdue", "--package", "shop.v2")).toMatchObject({ code: 0 });
  expect(await lifecycle("--fail-on-overdue", "--state", "FROZEN")).toMatchObject({ code: 0 });
});

test("--within, --state and --all choose", async () => {
  const count = async (...args: readonly string[]) =>
    JSON.parse((await lifecycle("--format", "json", ...args)).stdout).elements.length;
  expect(await count("--within", "90d")).toBe(1);
  expect(await count("--state", "DEPRECATED", "--state", "STABLE")).toBe(2);
  expect(await count("--all")).toBe(7);
});

test("pictures and Markdown are printed whole", async () => {
  expect((await lifecycle("--format", "svg")).stdout).toMatch(/^<svg .*<\/svg>\n$/s);
  expect((await lifecycle("--format", "markdown")).stdout).toContain("### Overdue");
});

test.each([
  ["an unknown state", ["--state", "OLD"], /DEPRECATED, EXPERIMENTAL, FROZEN, STABLE/],
  ["a time that is none", ["--within", "soon"], /such as 90d, 12w or 3m/],
  ["a package that is not there", ["--package", "shop.v3"], /did you mean shop\.v1\?/],
  ["an unknown format", ["--format", "png"], /table, json, markdown, svg/],
  ["an input that is not there", ["nowhere"], /nowhere/],
])("%s is exit code 1 and a sentence", async (_, args, sentence) => {
  const { code, stdout, stderr } = await lifecycle(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("--help has examples", async () => {
  expect((await lifecycle("--help")).stdout).toContain("proto4 lifecycle --format svg > timeline.svg");
});
