import { readFileSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findBuf } from "../../src/image/find-buf.js";
import { categories } from "../../src/rules/index.js";
import { toVerdict } from "../differential/batch.js";
import { makeFolder, type Outcome, proto4, run } from "./proto4.js";

const order =
  'syntax = "proto3";\n\npackage shop.v1;\n\nmessage Order {\n  string id = 1;\n  string note = 2;\n}\n';
const withoutNote = order.replace("  string note = 2;\n", "");
const unstable = order.replace("shop.v1", "shop.v1alpha1");

let folder: string;

beforeAll(async () => {
  folder = await makeFolder({
    "before/shop/v1/order.proto": order,
    "after/shop/v1/order.proto": withoutNote,
    "unstable/shop/v1/order.proto": unstable,
    "unstable-after/shop/v1/order.proto": unstable.replace("  string note = 2;\n", ""),
    "broken/shop/v1/order.proto": order.replace("string note", "strin note"),
    "corrupt.binpb": new Uint8Array([0x0a, 0x7f, 1, 2, 3]),
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (...args: readonly string[]): Promise<Outcome> => proto4(folder, "check", ...args);

test("no change is no output and exit code 0", async () => {
  expect(await check("before", "--against", "before")).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("an error is exit code 100, with the findings on stdout and their number on stderr", async () => {
  const { code, stdout, stderr } = await check("after", "--against", "before");
  expect(code).toBe(100);
  expect(stdout).toBe(
    [
      'after/shop/v1/order.proto:5:1: error FIELD_NO_DELETE  field 2 "note" left message shop.v1.Order while STABLE',
      "       5 | message Order {",
      "         | ^^^^^^^^^^^^^^^",
      "  was      before/shop/v1/order.proto:7:3",
      "       7 |   string note = 2;",
      "         |   ^^^^^^^^^^^^^^^^",
      "  breaks   readers of stored data, elder readers of newer data, newer readers of elder data, JSON, generated source",
      "  do this  mark it DEPRECATED first:  string note = 2 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED];",
      '           import its options:        import "proto4/options.proto";',
      '           after its sunset:          reserved 2; reserved "note";',
      "  finding  d21b3d1e782d",
      "",
    ].join("\n"),
  );
  expect(stderr).toBe("1 error\n");
});

test("JSON has the path and place that buf prints for the same inputs", async () => {
  const ours = await check("after", "--against", "before", "--format", "json");
  const theirs = await run(
    findBuf(),
    ["breaking", "after", "--against", "before", "--error-format", "json"],
    folder,
  );
  expect(toVerdict(ours.stdout)).toEqual(toVerdict(theirs.stdout));
});

test("findings below the bar pass, and --fail-on moves it", async () => {
  const inputs = ["unstable-after", "--against", "unstable"];
  expect(await check(...inputs)).toMatchObject({ code: 0, stderr: "1 info\n" });
  expect(await check(...inputs, "--fail-on", "info")).toMatchObject({ code: 100 });
  expect(await check(...inputs, "--fail-on", "warning")).toMatchObject({ code: 0 });
  expect(await check("after", "--against", "before", "--fail-on", "never")).toMatchObject({ code: 0 });
});

test("categories add up, and choose the rules", async () => {
  const rulesOf = ({ stdout }: Outcome) => [...new Set(stdout.match(/\b[A-Z]+_[A-Z_]+\b/g))].sort();
  const inputs = ["after", "--against", "before"];
  const number = "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED";
  expect(rulesOf(await check(...inputs, "--category", "WIRE"))).toEqual([number]);
  expect(rulesOf(await check(...inputs, "--category", "WIRE", "--category", "PACKAGE"))).toEqual([
    "FIELD_NO_DELETE",
    number,
  ]);
});

test("CONFLUENT says what a Confluent registry refuses, and nothing about what it takes", async () => {
  const schemas = await makeFolder({
    "before/m.proto":
      'syntax = "proto3"; package k.v1; message M { int32 a = 1; string b = 2; string c = 3; }',
    "after/m.proto": 'syntax = "proto3"; package k.v1; message M { sint32 a = 1; bytes d = 2; }',
    "taken/m.proto": 'syntax = "proto3"; package k.v1; message M { bool a = 1; bytes d = 2; }',
  });
  const ask = (input: string) =>
    proto4(schemas, "check", input, "--against", "before", "--category", "CONFLUENT");
  const refused = await ask("after");
  expect(refused).toMatchObject({ code: 100, stderr: "1 error\n" });
  expect(refused.stdout).toMatch(
    /^after\/m\.proto:1:\d+: error CONFLUENT_FIELD_SAME_SCALAR_KIND {2}field 1 "a"/,
  );
  expect(await ask("taken")).toEqual({ code: 0, stdout: "", stderr: "" });
  await rm(schemas, { recursive: true, force: true });
});

test("--path and --exclude-path limit both sides, which git can give under the same paths", async () => {
  const repository = await makeFolder({
    "a.proto": 'syntax = "proto3"; package a; message A { string a = 1; }',
    "b/b.proto": 'syntax = "proto3"; package b; message B { string b = 1; }',
  });
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], repository);
  await git("init", "-q");
  await git("add", ".");
  await git("commit", "-qm", "before");
  await writeFile(join(repository, "a.proto"), 'syntax = "proto3"; package a;');
  await writeFile(join(repository, "b/b.proto"), 'syntax = "proto3"; package b;');
  const found = async (...limits: readonly string[]) => {
    const { stdout } = await proto4(repository, "check", "--against", ".git#ref=HEAD", ...limits);
    return stdout.match(/^\S+proto/gm);
  };
  expect(await found()).toEqual(["a.proto", "b/b.proto"]);
  expect(await found("--path", "b")).toEqual(["b/b.proto"]);
  expect(await found("--exclude-path", "b")).toEqual(["a.proto"]);
  await rm(repository, { recursive: true, force: true });
});

test("an unknown category is an error that names the nearest and the categories, not every rule", async () => {
  const { code, stdout, stderr } = await check("after", "--against", "before", "--category", "WIRES");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toBe(
    `there is no category or rule "WIRES" in v2 of buf.yaml; did you mean WIRE? There are the categories ` +
      `${categories.join(", ")}; "proto4 explain" lists the rules\n`,
  );
});

test("what does not compile is exit code 1 and the compiler's place", async () => {
  const { code, stdout, stderr } = await check("broken", "--against", "before");
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^broken\/shop\/v1\/order\.proto:7:\d+: /);
});

test.each([
  ["a corrupt image", ["corrupt.binpb", "--against", "before"], /corrupt\.binpb: .*build it again/],
  ["a folder that is not there", ["nowhere", "--against", "before"], /nowhere: /],
  ["a missing --against", ["after"], /--against/],
  ["an unknown format", ["after", "--against", "before", "--format", "xml"], /text, json/],
])("%s is exit code 1 and one sentence", async (_, args, sentence) => {
  const { code, stdout, stderr } = await check(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("--version is the package's, and --help has examples", async () => {
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  expect(await proto4(folder, "--version")).toMatchObject({ code: 0, stdout: `${version}\n` });
  expect((await proto4(folder, "--help")).stdout).toContain("proto4 check --against .git#branch=main");
  expect((await check("--help")).stdout).toContain("--fail-on");
});

test("a command that is not there is exit code 1", async () => {
  expect(await proto4(folder, "chekc")).toMatchObject({ code: 1, stdout: "" });
});
