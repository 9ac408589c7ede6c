import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { checkSides, loadPolicy, loadSide, type SideOptions } from "../../../src/gate/index.js";
import { findBuf } from "../../../src/image/find-buf.js";
import { run } from "../../cli/proto4.js";
import { writeFiles } from "./breaking.js";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const proto = (type: string) => `syntax = "proto3";\npackage shop.v1;\nmessage M { ${type} a = 1; }\n`;
const v2 = "version: v2\nmodules: [{path: proto}, {path: more}]\n";
const more = { "more/more.proto": 'syntax = "proto3";\npackage more.v1;\n' };

/** A policy that can be told from others by its notice. */
const policy = (days: number) => `version: v1\nlifecycle: {notice: ${days}d}\n`;

async function makeFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await writeFiles(files);
  folders.push(folder);
  return folder;
}

async function noticeOf(cwd: string, input: string, options: SideOptions = {}): Promise<number | undefined> {
  const { workspace } = await loadSide(input, { cwd, ...options });
  return workspace.policy()?.policy.notice;
}

test("a proto4.yaml lies beside the buf.yaml of the workspace, whatever part of it is meant", async () => {
  const here = await makeFolder({
    "proto/shop/m.proto": proto("string"),
    ...more,
    "buf.yaml": v2,
    "proto4.yaml": policy(1),
    // Not beside a buf.yaml: nobody's.
    "proto/proto4.yaml": policy(2),
  });
  for (const input of [".", "proto", "proto/shop/m.proto", "more", here])
    expect(await noticeOf(here, input), input).toBe(1);
  expect(await noticeOf(join(here, "proto"), ".")).toBe(1);
});

test("of a workspace of elder modules, it lies beside buf.work.yaml", async () => {
  const here = await makeFolder({
    "proto/shop/m.proto": proto("string"),
    "proto/buf.yaml": "version: v1\n",
    "proto/proto4.yaml": policy(2),
    "buf.work.yaml": "version: v1\ndirectories: [proto]\n",
    "proto4.yaml": policy(1),
  });
  for (const input of [".", "proto"]) expect(await noticeOf(here, input), input).toBe(1);
});

test("of a module by itself, it lies beside its buf.yaml; without one, in the input's folder", async () => {
  const module = {
    "proto/shop/m.proto": proto("string"),
    "proto/proto4.yaml": policy(2),
    "proto4.yaml": policy(1),
  };
  const bare = await makeFolder(module);
  expect([await noticeOf(bare, "."), await noticeOf(bare, "proto")]).toEqual([1, 2]);
  const v1 = await makeFolder({ ...module, "proto/buf.yaml": "version: v1\n" });
  expect(await noticeOf(v1, "proto")).toBe(2);
  expect(await noticeOf(v1, ".", { paths: ["proto/shop"] })).toBe(2);
});

test("without a proto4.yaml there is none", async () => {
  const here = await makeFolder({ "shop/m.proto": proto("string"), "buf.yaml": "version: v2\n" });
  expect(await noticeOf(here, ".")).toBe(undefined);
});

test("with --config, it lies where the paths of that configuration start", async () => {
  const here = await makeFolder({
    "in/proto/shop/m.proto": proto("string"),
    "in/proto4.yaml": policy(2),
    "proto4.yaml": policy(1),
  });
  const v2 = JSON.stringify({ version: "v2", modules: [{ path: "in/proto" }] });
  expect(await noticeOf(here, "in", { config: v2 })).toBe(1);
  expect(await noticeOf(here, "in", { config: "version: v1" })).toBe(2);
});

test("a commit and an archive have the policy that is in them; --policy is on disk", async () => {
  const here = await makeFolder({
    "proto/shop/m.proto": proto("string"),
    ...more,
    "buf.yaml": v2,
    "proto4.yaml": policy(1),
  });
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], here);
  await git("init", "-q", "-b", "main");
  await git("add", ".");
  await git("commit", "-qm", "one");
  await git("archive", "-o", "one.tar.gz", "HEAD");
  await git("archive", "-o", "one.zip", "HEAD");
  await writeFile(join(here, "proto4.yaml"), policy(2));
  for (const input of [".git#branch=main", ".git#branch=main,subdir=proto", "one.tar.gz", "one.zip"]) {
    expect(await noticeOf(here, input), input).toBe(1);
    expect(await noticeOf(here, input, { policy: "proto4.yaml" }), input).toBe(2);
  }
  expect(await noticeOf(here, ".")).toBe(2);
});

test("an image has the policy of the folder that one stands in", async () => {
  const here = await makeFolder({ "in/shop/m.proto": proto("string"), "in/proto4.yaml": policy(2) });
  await run(findBuf(), ["build", "in", "-o", "image.binpb"], here);
  expect(await noticeOf(here, "image.binpb")).toBe(undefined);
  await writeFile(join(here, "proto4.yaml"), policy(1));
  expect(await noticeOf(here, "image.binpb")).toBe(1);
});

test("parts of an input with a policy each are not mixed up", async () => {
  const here = await makeFolder({
    "a/shop/m.proto": proto("string"),
    "a/buf.yaml": "version: v1\n",
    "a/proto4.yaml": policy(1),
    "b/more/m.proto": proto("string").replace("shop", "more"),
    "b/buf.yaml": "version: v1\n",
    "b/proto4.yaml": policy(2),
  });
  const paths = ["a/shop", "b/more"];
  await expect(noticeOf(here, ".", { paths })).rejects.toMatchObject({
    code: "config-invalid",
    location: { path: "b/proto4.yaml" },
    message: expect.stringContaining("a/proto4.yaml; check the parts one by one, or say --policy"),
  });
  expect(await noticeOf(here, ".", { paths, policy: "b/proto4.yaml" })).toBe(2);
});

test("a broken policy is told of where it is asked: after, not before, and not under --like-buf", async () => {
  const here = await makeFolder({
    "before/shop/m.proto": proto("string"),
    "before/proto4.yaml": "version: v1\nfail_on: [",
    "after/shop/m.proto": proto("bytes"),
    "after/proto4.yaml": "version: v1\nseverity: {FIELD_SAME_TYPE: warning}",
  });
  const [before, after] = await Promise.all(["before", "after"].map((name) => loadSide(name, { cwd: here })));
  const options = { today: "2026-11-22" };
  expect(checkSides(before!, after!, options)).toMatchObject([{ severity: "warning" }]);
  expect(checkSides(after!, before!, { ...options, likeBuf: true })).toMatchObject([{ severity: "error" }]);
  expect(() => checkSides(after!, before!, options)).toThrow(
    expect.objectContaining({ code: "config-invalid", location: expect.objectContaining({ startLine: 2 }) }),
  );
});

test("paths in a policy start at its folder, and come out as they are called where one stands", async () => {
  const here = await makeFolder({
    "proto/shop/m.proto": proto("string"),
    "proto/proto4.yaml": "version: v1\nwaivers: gate/waivers.yaml\nbaseline: ../baseline.json\n",
  });
  const paths = { waivers: "proto/gate/waivers.yaml", baseline: "baseline.json" };
  expect((await loadSide("proto", { cwd: here })).workspace.policy()).toMatchObject(paths);
  expect(await loadPolicy("proto/proto4.yaml", { cwd: here })).toMatchObject(paths);
  expect(await loadPolicy("../proto4.yaml", { cwd: join(here, "proto/shop") })).toMatchObject({
    waivers: "../gate/waivers.yaml",
  });
  await expect(loadPolicy("nowhere.yaml", { cwd: here })).rejects.toMatchObject({
    location: { path: "nowhere.yaml" },
  });
});
