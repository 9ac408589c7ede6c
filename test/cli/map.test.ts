import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { findBuf } from "../../src/image/find-buf.js";
import { shopSources } from "../mapping/certificate/shop.js";
import { makeFolder, proto4, run } from "./proto4.js";

const root = join(import.meta.dirname, "../..");
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

/** A folder with files, with proto4's options and a buf.yaml beside them or in the folders that are named. */
async function workspace(files: Readonly<Record<string, string>>, ...modules: readonly string[]) {
  const options = await readFile(join(root, "proto/proto4/options.proto"), "utf8");
  const around = (modules.length === 0 ? ["."] : modules).flatMap((module) => [
    [`${module}/proto4/options.proto`, options],
    [`${module}/buf.yaml`, "version: v2\n"],
  ]);
  const folder = await makeFolder({ ...files, ...Object.fromEntries(around) });
  folders.push(folder);
  return folder;
}

const file = (name: string, body: string) =>
  `syntax = "proto3"; package a.${name}; import "proto4/options.proto"; ${body}`;

const lossy = {
  "a/v1.proto": file("v1", "message A { int32 b = 1; }"),
  "a/v2.proto": file("v2", "message A { int64 b = 1; }"),
};

test("of a newer package alone, the elder is found, and every format printed", async () => {
  const folder = await workspace(await shopSources());
  for (const [format, ending] of [
    ["text", "txt"],
    ["json", "json"],
    ["markdown", "md"],
    ["svg", "svg"],
  ] as const) {
    const { code, stdout, stderr } = await proto4(folder, "map", "shop.v4", "--format", format);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(await readFile(join(root, `fixtures/certificate/shop.${ending}`), "utf8"));
  }
});

test("--out writes a file, --message shows one message, which must be there", async () => {
  const folder = await workspace(await shopSources());
  const args = ["map", "shop.v3", "shop.v4", "--message", "User", "--format", "json"];
  const { code, stdout } = await proto4(folder, ...args, "--out", "user.json");
  expect([code, stdout]).toEqual([0, ""]);
  const { messages } = JSON.parse(await readFile(join(folder, "user.json"), "utf8"));
  expect(messages.map(({ v4 }: { v4: string }) => v4)).toEqual(["shop.v4.User"]);
  const missing = await proto4(folder, "map", "shop.v4", "--message", "Nobody");
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining("Nobody") });
  const unwritable = await proto4(folder, "map", "shop.v4", "--out", "none/user.json");
  expect(unwritable).toMatchObject({ code: 1, stderr: expect.stringContaining("none/user.json") });
});

test("--fail-on loss fails with 100 where nothing declares a loss, with its place and what to write", async () => {
  const folder = await workspace(lossy);
  expect((await proto4(folder, "map", "a.v2")).code).toBe(0);
  const { code, stderr } = await proto4(folder, "map", "a.v2", "--fail-on", "loss");
  expect(code).toBe(100);
  expect(stderr).toMatch(
    /^a\/v2\.proto:1:\d+: error PRISM {2}field "b" of a\.v2\.A loses, undeclared, down: /,
  );
  expect(stderr).toContain('do this  write (proto4.field_terms) = {was: "b"} on b');
});

test("what the advice says to write makes --fail-on loss pass", async () => {
  const annotated = lossy["a/v2.proto"].replace("b = 1", 'b = 1 [(proto4.field_terms) = {was: "b"}]');
  const folder = await workspace({ ...lossy, "a/v2.proto": annotated });
  const { code, stdout, stderr } = await proto4(folder, "map", "a.v2", "--fail-on", "loss");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout).toContain("PRISM");
});

test("what cannot be mapped fails with 100 whatever the bar, and says where and what to write", async () => {
  const folder = await workspace({
    "a/v1.proto": file("v1", "message A { string gone = 7; int32 also = 8; }"),
    "a/v2.proto": file("v2", "message A { }"),
  });
  const { code, stdout, stderr } = await proto4(folder, "map", "a.v2", "--fail-on", "never");
  expect([code, stdout]).toEqual([100, ""]);
  expect(stderr).toMatch(/^a\/v1\.proto:1:\d+: field 7 "gone" .* reserved 7/);
  expect(stderr).toMatch(/\na\/v1\.proto:1:\d+: field 8 "also" .* reserved 8/);
});

test("two inputs are joined: what both have comes once, and their packages are paired by version", async () => {
  const folder = await workspace(
    {
      "elder/a/v1.proto": lossy["a/v1.proto"],
      "newer/a/v2.proto": lossy["a/v2.proto"],
      "newer/a/other.proto": 'syntax = "proto3"; package other.v1;',
    },
    "elder",
    "newer",
  );
  const folders = await proto4(folder, "map", "elder", "newer");
  expect(folders).toMatchObject({ code: 0, stdout: expect.stringMatching(/^a\.v1 → a\.v2\n/) });
  await run(findBuf(), ["build", "elder", "-o", "elder.binpb"], folder);
  expect(await proto4(folder, "map", "elder.binpb", "newer")).toEqual(folders);
  expect(await proto4(folder, "map", "a.v1", "a.v2", "--in", "elder.binpb", "--in", "newer")).toEqual(
    folders,
  );
});

test("the same path with other content on both sides is an error", async () => {
  const sides = {
    "elder/a/v1.proto": lossy["a/v1.proto"],
    "newer/a/v1.proto": lossy["a/v1.proto"].replace("int32", "int64"),
  };
  const folder = await workspace(sides, "elder", "newer");
  const { code, stderr } = await proto4(folder, "map", "elder", "newer");
  expect(code).toBe(1);
  expect(stderr).toMatch(/^a\/v1\.proto: elder and newer both hold this file, with different content/);
});

test("a package without an elder is an error that says how to name one", async () => {
  const folder = await workspace({ "a/v2.proto": lossy["a/v2.proto"] });
  const { code, stderr } = await proto4(folder, "map", "a.v2");
  expect(code).toBe(1);
  expect(stderr).toContain("a.v2 has no elder generation; name both packages");
  expect(await proto4(folder, "map", "b.v2")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("no file of the package b.v2"),
  });
});

test("--prove tells what was proven, by which seed, and the same again by that seed", async () => {
  const folder = await workspace(lossy);
  const { code, stdout } = await proto4(folder, "map", "a.v2", "--prove", "30");
  expect(code).toBe(0);
  const [, seed] = /^proof {2}30 messages of each type and side, seed (\d+): 1 of 1 pairs hold$/m.exec(
    stdout,
  )!;
  const again = await proto4(folder, "map", "a.v2", "--prove", "30", "--seed", seed!);
  expect(again).toMatchObject({ code: 0, stdout });
  const json = await proto4(folder, "map", "a.v2", "--prove", "30", "--seed", seed!, "--format", "json");
  expect(JSON.parse(json.stdout).proof).toMatchObject({
    runs: 30,
    seed: Number(seed),
    types: [{ v4: "a.v2.A" }],
  });
  const svg = await proto4(folder, "map", "a.v2", "--prove", "30", "--seed", seed!, "--format", "svg");
  expect(svg.stderr).toContain("1 of 1 pairs hold");
  expect((await proto4(folder, "map", "a.v2", "--prove", "none")).code).toBe(1);
});

test("--chain tells what several generations lose together", async () => {
  const renamed = 'message A { int64 c = 1 [(.proto4.field_terms) = {was: "b"}]; }';
  const folder = await workspace({ ...lossy, "a/v3.proto": file("v3", renamed) });
  const chain = ["map", "--chain", "a.v1", "a.v2", "a.v3"];
  const { code, stdout, stderr } = await proto4(folder, ...chain, "--format", "json");
  expect([code, stderr]).toEqual([0, ""]);
  const { v3, v4, messages } = JSON.parse(stdout);
  expect([v3, v4]).toEqual(["a.v1", "a.v3"]);
  expect(messages[0].rows).toMatchObject([
    { v3: [{ name: "b" }], v4: [{ name: "c" }], kinds: ["number", "rename"], loss: "PRISM" },
  ]);
  expect(await proto4(folder, ...chain, "--fail-on", "loss")).toMatchObject({ code: 100 });
  const failing = async (...args: readonly string[]) => {
    const { code, stderr } = await proto4(folder, ...args);
    expect(code).toBe(1);
    return stderr;
  };
  expect(await failing(...chain, "--prove", "9")).toContain("--prove is for a pair");
  expect(await failing(...chain, "--hooks", "hooks.mjs")).toContain("--hooks is for a pair");
  expect(await failing("map", "a.v1", "a.v2", "a.v3")).toContain("--chain");
  expect(await failing("map", "--chain", "a.v1", "a.v9", "a.v3")).toContain("a.v9");
});
