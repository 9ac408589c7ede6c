import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFolder, proto4 } from "./proto4.js";

// User code handed to the built command: an import that is decided at run time has to survive the bundle.

const root = join(import.meta.dirname, "../..");

const body = (n: number, fields: string) =>
  `syntax = "proto3"; package h.v${n}; import "proto4/options.proto"; message P { ${fields} }
   message Holder { P p = ${n}; } message Other { int32 n = ${n}; }`;
const codeOf = (up: string, down: string, more = "") =>
  `export const it = { up: ${up}, down: ${down}, ${more} };\nexport default { "it.too": it };\n`;
const carry = codeOf("({ a, c }) => ({ b: a, d: c })", "({ b, d }) => ({ a: b, c: d })");

let folder: string;
beforeAll(async () => {
  folder = await makeFolder({
    "proto4/options.proto": await readFile(join(root, "proto/proto4/options.proto"), "utf8"),
    "buf.yaml": "version: v2\n",
    "h/v1.proto": body(1, "string a = 1; bytes c = 2;"),
    "h/v2.proto": body(
      2,
      `string b = 3 [(proto4.field_terms) = {hook: "it", was: "a"}];
       bytes d = 4 [(proto4.field_terms) = {hook: "it.too", was: "c"}];`,
    ),
    "code/carry.mjs": carry,
    "code/carry.js": carry,
    "code/package.json": '{"type": "module"}',
    "iso.mjs": carry.replace("up:", 'class: "ISO", up:'),
    "upper.mjs": codeOf(
      "({ a, c }) => ({ b: a?.toUpperCase(), d: c })",
      "({ b, d }) => ({ a: b?.toLowerCase(), c: d })",
      'class: "ISO"',
    ),
    "async.mjs": codeOf("async ({ a }) => ({ b: a })", "({ b }) => ({ a: b })"),
    "half.mjs": "export const it = { up() {} };",
    "class.mjs": codeOf("() => ({})", "() => ({})", 'class: "BEST"'),
    "broken.mjs": "export const it = {;",
    "lost.mjs": 'export * from "./nowhere.mjs";',
    "old.js": "export const it = {;",
    "code.ts": "",
    "in.json": '{"p": {"a": "Ada", "c": "AQI="}}\n',
  });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const map = (...args: readonly string[]) => proto4(folder, "map", "h.v2", ...args);
const prove = (...args: readonly string[]) => map("--prove", "60", "--seed", "2", ...args);

test("hooks by their names, or in the default, prove from the working folder", async () => {
  for (const file of ["code/carry.mjs", "./code/carry.js", join(folder, "iso.mjs")]) {
    const { code, stdout, stderr } = await prove("--hooks", file);
    expect([file, code, stderr]).toEqual([file, 0, ""]);
    expect(stdout).toContain("3 of 3 pairs hold");
  }
});

test("a hook that breaks its law fails with 100, in the smallest message, as it was asked", async () => {
  const { code, stdout } = await prove("--hooks", "upper.mjs", "--message", "P");
  expect(code).toBe(100);
  expect(stdout).toContain("0 of 1 pairs hold\n");
  expect(stdout).toMatch(
    /h\.v\d\.P → h\.v\d\.P → v\d: MODULO does not hold \(hook\)\n {2}what {4}the code "it" says that it is ISO, and comes back on the way (up|down) with other fields\n/,
  );
  expect(stdout).toMatch(/ {2}hook {4}"it", ISO\n {10}up\({ a: "[A-Z]" }\) → { b: "[A-Z]" }\n {10}down\(/);
  const json = JSON.parse((await prove("--hooks", "upper.mjs", "--message", "P", "--format", "json")).stdout);
  expect(json.proof.types[0].failure).toMatchObject({
    law: "hook",
    fields: ["a"],
    hook: { name: "it", class: "ISO", calls: [{ way: "up" }, { way: "down" }] },
  });
});

test("code that answers later fails the proof", async () => {
  const { code, stdout } = await prove("--hooks", "async.mjs", "--message", "P");
  expect(code).toBe(100);
  expect(stdout).toContain(
    'the code "it" fails on the way up: what it gives has to be an object of fields, at once',
  );
});

test("the certificate names the hook, and what its code says of itself where it is at hand", async () => {
  const rowsOf = async (...args: readonly string[]) =>
    JSON.parse((await map("--message", "P", "--format", "json", ...args)).stdout).messages[0].rows;
  expect((await rowsOf()).map(({ hook }: { hook: unknown }) => hook)).toEqual([
    { name: "it" },
    { name: "it.too" },
  ]);
  expect(await rowsOf("--hooks", "iso.mjs")).toMatchObject([
    { loss: "OPAQUE", hook: { name: "it", class: "ISO" } },
    { hook: { name: "it.too", class: "ISO" } },
  ]);
  expect(await rowsOf("--hooks", "code/carry.mjs")).toMatchObject([{ hook: { class: "OPAQUE" } }, {}]);
  const markdown = await map("--message", "P", "--format", "markdown", "--hooks", "iso.mjs");
  expect(markdown.stdout).toContain('OPAQUE; "it" says that it is ISO');
});

const errors: readonly (readonly [string, RegExp])[] = [
  ["none.mjs", /^none\.mjs: this file cannot be read: ENOENT/],
  ["code.ts", /^--hooks takes a module of JavaScript, \.mjs or \.js, and not code\.ts$/m],
  ["broken.mjs", /^broken\.mjs: this module cannot be loaded: Unexpected token ';'$/m],
  ["old.js", /^old\.js: this module cannot be loaded; is it an ES module\? Then call it \.mjs: /],
  ["lost.mjs", /^lost\.mjs: this module cannot be loaded: Cannot find module .*nowhere\.mjs/],
  [
    "half.mjs",
    /^half\.mjs: the export "it" has no function "down": it converts a → b of h\.v2\.P; write export const it = \{ up\(fields\) .*\nhalf\.mjs: there is no export "it\.too": it converts c → d of h\.v2\.P; write export default \{ "it\.too": /,
  ],
  [
    "class.mjs",
    /^class\.mjs: the export "it" has the class BEST: write one of ISO, LENS, PRISM, OPAQUE, or none$/m,
  ],
];

test.each(errors)("--hooks %s is refused with 1, and why", async (file, expected) => {
  const { code, stdout, stderr } = await map("--hooks", file);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(expected);
});

test("what is not asked for needs no code", async () => {
  expect(await map("--hooks", "half.mjs", "--message", "Other")).toMatchObject({ code: 0 });
  expect(await map("--hooks", "half.mjs", "--message", "Holder")).toMatchObject({ code: 1 });
});

test("messages with hooks inside are translated there and back, and not without the code", async () => {
  const args = ["translate", "Holder", "--v3", "h.v1", "--v4", "h.v2"];
  const json = ["--output-format", "json", "--hooks", "upper.mjs"];
  const up = await proto4(folder, ...args, "--up", "--format", "json", "--from", "in.json", ...json);
  expect(up).toMatchObject({ code: 0, stdout: '{"p":{"b":"ADA","d":"AQI="}}\n' });
  const there = [...args, "--format", "json", "--hooks", "code/carry.mjs"];
  await proto4(
    folder,
    ...there,
    "--up",
    "--from",
    "in.json",
    "--output-format",
    "delimited",
    "--to",
    "up.bin",
  );
  const back = ["--down", "--format", "delimited", "--trust-stash", "--from", "up.bin", ...json];
  expect(await proto4(folder, ...args, ...back)).toMatchObject({
    code: 0,
    stdout: '{"p":{"a":"ada","c":"AQI="}}\n',
  });
  const { code, stderr } = await proto4(folder, ...args, "--up", "--from", "nowhere.bin");
  expect(code).toBe(1);
  expect(stderr).toBe('the hook "it" converts a → b of h.v2.P: give its code by --hooks FILE\n');
});

test("code that fails is told with the message and the field", async () => {
  const args = ["translate", "h.v1.Holder", "--up", "--format", "json", "--from", "in.json"];
  const { code, stderr } = await proto4(folder, ...args, "--hooks", "async.mjs");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^in\.json: message 1 in line 1 .*p\.a: the code "it" failed on the way up: /);
});
