import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { chmod, lstat, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { afterEach, expect, test } from "vitest";
import { findBuf } from "../../src/image/find-buf.js";
import { main, makeFolder, type Outcome, run } from "./proto4.js";

const order = `syntax = "proto3";

package shop.v1;

message Order {
  string id = 1;
  // What the buyer wants us to know.
  string note = 2;
}
`;
const withoutNote = order.replace(/ {2}\/\/ What[\s\S]*note = 2;\n/, "");
const usual = { "before/shop/v1/order.proto": order, "after/shop/v1/order.proto": withoutNote };
const folders: string[] = [];

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await makeFolder(files);
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const check = (folder: string, ...args: readonly string[]): Promise<Outcome> =>
  run(process.execPath, [main, "check", ...args, "--against", "before"], folder);

const read = (folder: string, path = "after/shop/v1/order.proto") => readFile(join(folder, path), "utf8");

test("--fix writes what meets the findings, tells of it, and leaves a clean check", async () => {
  const folder = await folderOf(usual);
  const fixed = await check(folder, "after", "--fix");
  expect(fixed).toEqual({ code: 0, stdout: "", stderr: "fixed 1 finding in 1 file\n" });
  expect(await read(folder)).toBe(order.replace("note = 2;", "note = 2 [deprecated = true];"));
  expect(await check(folder, "after")).toEqual({ code: 0, stdout: "", stderr: "" });
  const again = await check(folder, "after", "--fix");
  expect(again).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("--fix=dry prints a diff that git applies, and writes nothing", async () => {
  const folder = await folderOf(usual);
  const { code, stdout, stderr } = await check(folder, "after", "--fix=dry");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "would fix 1 finding in 1 file\n" });
  expect(await read(folder)).toBe(withoutNote);
  await writeFile(join(folder, "fix.diff"), stdout);
  expect((await run("git", ["apply", "fix.diff"], folder)).code).toBe(0);
  expect(await check(folder, "after")).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("git applies the diff of an input that is named by an absolute path", async () => {
  const folder = await folderOf(usual);
  const { stdout } = await check(folder, join(folder, "after"), "--fix=dry");
  await writeFile(join(folder, "fix.diff"), stdout);
  expect(await run("git", ["apply", "fix.diff"], folder)).toMatchObject({ code: 0 });
  expect(await read(folder)).toContain("note = 2 [deprecated = true]");
});

test("what cannot be fixed is told with the reason, and decides the exit code", async () => {
  const folder = await folderOf({
    ...usual,
    "after/shop/v1/order.proto": withoutNote.replace("string id = 1;", "string id = 1; int32 note = 3;"),
  });
  const { code, stdout, stderr } = await check(folder, "after", "--fix");
  expect(code).toBe(100);
  expect(stdout).toContain("FIELD_NO_DELETE");
  expect(stderr).toBe(
    "fixed 0 findings in 0 files; 1 cannot be fixed:\n" +
      '  after/shop/v1/order.proto:5:1: FIELD_NO_DELETE: its name is taken by field 3 "note" of shop.v1.Order now\n1 error\n',
  );
});

test("what is left against several versions is told of each", async () => {
  const moved = order.replace("string note = 2", "int32 note = 3");
  const folder = await folderOf({
    "v1/order.proto": order,
    "v2/order.proto": order,
    "after/order.proto": moved,
  });
  const flags = ["--against", "v1", "--against", "v2", "--fix", "--format", "json"];
  const { stdout } = await run(process.execPath, [main, "check", "after", ...flags], folder);
  const findings = stdout.trim().split("\n");
  const against = findings.map((line) => (JSON.parse(line) as { baseline: string }).baseline);
  expect(against).toEqual(["v1", "v2"]);
});

test("whoever does not wait for --fix finds no copy of the sources afterwards", async () => {
  const others = Array.from({ length: 300 }, (_, index) => [
    `after/other/f${index}.proto`,
    `syntax = "proto3";\npackage other;\nmessage M${index} {}\n`,
  ]);
  const folder = await folderOf({ ...usual, ...Object.fromEntries(others), "tmp/keep": "" });
  const tmp = join(folder, "tmp");
  const child = spawn(process.execPath, [main, "check", "after", "--against", "before", "--fix"], {
    cwd: folder,
    env: { ...process.env, TMPDIR: tmp },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  const isCopying = () => readdirSync(tmp).some((name) => name.startsWith("proto4-fix-"));
  while (!isCopying() && child.exitCode === null) await setTimeout(2);
  child.kill("SIGTERM");
  expect(await ended).toEqual([143, null]);
  expect(readdirSync(tmp)).toEqual(["keep"]);
  expect(await read(folder)).toBe(withoutNote);
});

test("a file that was deleted comes back, and is checked with the rest before", async () => {
  const other = 'syntax = "proto3";\n\npackage shop.v1;\n\nmessage Other {}\n';
  const folder = await folderOf({
    ...usual,
    "after/shop/v1/order.proto": order,
    "before/shop/v1/other.proto": other,
  });
  expect(await check(folder, "after", "--fix")).toMatchObject({
    code: 0,
    stderr: "fixed 1 finding in 1 file\n",
  });
  expect(await read(folder, "after/shop/v1/other.proto")).toBe(other);
});

test("a file that an image calls by a path that leads out of the workspace is written nowhere", async () => {
  const folder = await folderOf({ "out/after/shop/v1/order.proto": order, "tmp/keep": "" });
  const set = create(FileDescriptorSetSchema, {
    file: ["shop/v1/order.proto", "../../stray.proto"].map((name) => ({ name, syntax: "proto3" })),
  });
  await writeFile(join(folder, "out/before.binpb"), toBinary(FileDescriptorSetSchema, set));
  const args = [main, "check", "after", "--against", "before.binpb", "--fix"];
  const { code, stderr } = await run(process.execPath, args, join(folder, "out"), {
    TMPDIR: join(folder, "tmp"),
  });
  expect(code).toBe(100);
  expect(stderr).toContain(
    "FILE_NO_DELETE: ../../stray.proto could lie in several folders of this workspace, or in none",
  );
  const entries = readdirSync(folder, { recursive: true }) as string[];
  expect(entries.filter((path) => path.includes("stray"))).toEqual([]);
});

test("CRLF and a byte order mark stay", async () => {
  const windows = (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`;
  const folder = await folderOf({
    "before/shop/v1/order.proto": order,
    "after/shop/v1/order.proto": windows(withoutNote),
  });
  expect((await check(folder, "after", "--fix")).code).toBe(0);
  expect(await read(folder)).toBe(windows(order.replace("note = 2;", "note = 2 [deprecated = true];")));
});

test("a module of a workspace, named from outside or by a file, is fixed where it lies", async () => {
  const yaml = "version: v2\nmodules:\n  - path: a\n  - path: b\n";
  const other = 'syntax = "proto3";\n\npackage b.v1;\n\nmessage B {}\n';
  const files = (text: string, side: string) => ({
    [`${side}/buf.yaml`]: yaml,
    [`${side}/a/shop/v1/order.proto`]: text,
    [`${side}/b/b/v1/b.proto`]: other,
  });
  const folder = await folderOf({ ...files(order, "before"), ...files(withoutNote, "after") });
  expect((await check(folder, "after", "--fix")).stderr).toBe("fixed 1 finding in 1 file\n");
  expect(await read(folder, "after/a/shop/v1/order.proto")).toContain("note = 2 [deprecated = true]");
  await writeFile(join(folder, "after/a/shop/v1/order.proto"), withoutNote);
  const path = "a/shop/v1/order.proto";
  const one = ["check", `after/${path}`, "--against", `before/${path}`, "--fix"];
  expect(await run(process.execPath, [main, ...one], folder)).toMatchObject({
    code: 0,
    stderr: "fixed 1 finding in 1 file\n",
  });
  expect(await read(folder, `after/${path}`)).toContain("note = 2 [deprecated = true]");
});

test("a link is written through", async () => {
  const folder = await folderOf({
    "before/shop/v1/order.proto": order,
    "real/order.proto": withoutNote,
    "after/buf.yaml": "version: v2\n",
  });
  await run("mkdir", ["-p", "after/shop/v1"], folder);
  await symlink("../../../real/order.proto", join(folder, "after/shop/v1/order.proto"));
  expect(await check(folder, "after", "--fix")).toMatchObject({ code: 0 });
  expect(await read(folder, "real/order.proto")).toContain("note = 2 [deprecated = true]");
  expect((await lstat(join(folder, "after/shop/v1/order.proto"))).isSymbolicLink()).toBe(true);
});

test("an image is no source, and --fix says so", async () => {
  const folder = await folderOf(usual);
  await run(findBuf(), ["build", "after", "-o", join(folder, "after.binpb")], folder);
  const { code, stderr } = await check(folder, "after.binpb", "--fix");
  expect(code).toBe(1);
  expect(stderr).toContain("--fix edits sources on disk, and after.binpb is none");
});

test("--fix is not buf, and takes no input for its own", async () => {
  const folder = await folderOf(usual);
  expect((await check(folder, "after", "--fix", "--like-buf")).code).toBe(1);
  const taken = await check(folder, "--fix", "after");
  expect(taken.code).toBe(1);
  expect(taken.stderr).toContain('put --fix behind "after"');
});

/** Root may write what nobody may. */
const another = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] as const;

test("read-only sources are told of, and none is written", async () => {
  const folder = await folderOf({
    ...usual,
    "before/shop/v1/b.proto": order.replace("Order", "B"),
    "after/shop/v1/b.proto": withoutNote.replace("Order", "B"),
  });
  for (const path of ["", "before", "after", "after/shop", "after/shop/v1"])
    await chmod(join(folder, path), 0o777);
  await chmod(join(folder, "after/shop/v1/order.proto"), 0o666);
  await chmod(join(folder, "after/shop/v1/b.proto"), 0o444);
  const args = [main, "check", "after", "--against", "before", "--fix"];
  const isRoot = process.getuid?.() === 0;
  const [command, ...rest] = isRoot ? [...another, process.execPath, ...args] : [process.execPath, ...args];
  const { code, stderr } = await run(command, rest, folder, { HOME: folder });
  expect(code).toBe(1);
  expect(stderr).toContain("after/shop/v1/b.proto: this file cannot be written, and nothing was");
  expect(await read(folder)).toBe(withoutNote);
});
