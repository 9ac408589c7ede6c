import { mkdir, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { loadWaivers, loadWorkspace } from "../../../src/gate/index.js";
import type { WorkspaceOptions } from "../../../src/gate/workspace/load-workspace.js";
import { run } from "../../cli/proto4.js";
import { writeFiles } from "./breaking.js";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

const today = "2026-11-26";
const proto = { "proto/shop/m.proto": 'syntax = "proto3";\npackage shop.v1;\n' };
const v2 = { "buf.yaml": "version: v2\nmodules: [{path: proto}]\n" };

/** A file of one waiver, which can be told from others by its reason. */
const waivers = (reason: string, expires = "2027-01-31") =>
  `version: v1\nwaivers:\n  - { finding: "3ac8ce819ef3", reason: ${reason}, expires: ${expires} }\n`;

async function makeFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await writeFiles(files);
  folders.push(folder);
  return folder;
}

/** `path: reason` of what an input accepts. */
async function accepted(cwd: string, input: string, options: Partial<WorkspaceOptions> = {}) {
  const found = await loadWaivers(await loadWorkspace(input, { cwd, ...options }), today);
  return found && `${found.path}: ${found.waivers.map(({ reason }) => reason).join()}`;
}

test("a proto4.waivers.yaml lies where a proto4.yaml would, whatever part of the workspace is meant", async () => {
  const here = await makeFolder({
    ...proto,
    ...v2,
    "proto4.waivers.yaml": waivers("one"),
    // Not beside a buf.yaml: nobody's.
    "proto/proto4.waivers.yaml": waivers("two"),
  });
  for (const input of [".", "proto", "proto/shop/m.proto"])
    expect(await accepted(here, input), input).toBe("proto4.waivers.yaml: one");
  expect(await accepted(join(here, "proto"), ".")).toBe("../proto4.waivers.yaml: one");
  expect(await accepted(here, here)).toBe(`${join(here, "proto4.waivers.yaml")}: one`);
});

test("without a buf.yaml, it lies in the input's folder", async () => {
  const here = await makeFolder({ ...proto, "proto/proto4.waivers.yaml": waivers("two") });
  expect(await accepted(here, "proto")).toBe("proto/proto4.waivers.yaml: two");
  expect(await accepted(here, ".")).toBe(undefined);
});

test("proto4.yaml names another, from its own folder", async () => {
  const here = await makeFolder({
    ...proto,
    ...v2,
    "proto4.yaml": "version: v1\nwaivers: gate/w.yaml\n",
    "proto4.waivers.yaml": waivers("one"),
    "gate/w.yaml": waivers("three"),
    "other/proto4.yaml": "version: v1\nwaivers: mine.yaml\n",
    "other/mine.yaml": waivers("four"),
    "plain.yaml": "version: v1\n",
  });
  expect(await accepted(here, "proto")).toBe("gate/w.yaml: three");
  expect(await accepted(join(here, "proto"), ".")).toBe("../gate/w.yaml: three");
  expect(await accepted(here, "proto", { policy: "other/proto4.yaml" })).toBe("other/mine.yaml: four");
  expect(await accepted(here, "proto", { policy: "plain.yaml" })).toBe("proto4.waivers.yaml: one");
});

test("one that is named and not there accepts nothing", async () => {
  const here = await makeFolder({ ...proto, ...v2, "proto4.yaml": "version: v1\nwaivers: w.yaml\n" });
  expect(await accepted(here, ".")).toBe(undefined);
});

test("a commit and an archive have the waivers that are in them, and none is written there", async () => {
  const here = await makeFolder({ ...proto, ...v2, "proto4.waivers.yaml": waivers("one") });
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], here);
  await git("init", "-q", "-b", "main");
  await git("add", ".");
  await git("commit", "-qm", "one");
  await git("archive", "-o", "one.tar.gz", "HEAD");
  await writeFile(join(here, "proto4.waivers.yaml"), waivers("two"));
  await writeFile(join(here, "disk.yaml"), "version: v1\nwaivers: proto4.waivers.yaml\n");
  for (const input of [".git#branch=main", ".git#branch=main,subdir=proto", "one.tar.gz"]) {
    expect(await accepted(here, input), input).toBe("proto4.waivers.yaml: one");
    expect((await loadWorkspace(input, { cwd: here })).waivers()?.isOnDisk, input).toBe(false);
    expect(await accepted(here, input, { policy: "disk.yaml" }), input).toBe("proto4.waivers.yaml: two");
  }
  expect(await accepted(here, ".")).toBe("proto4.waivers.yaml: two");
});

test("an image has the waivers of the folder that one stands in; a module of a registry has none", async () => {
  const here = await makeFolder({ "image.binpb": "", "proto4.waivers.yaml": waivers("one") });
  expect(await accepted(here, "image.binpb")).toBe("proto4.waivers.yaml: one");
  expect(await accepted(here, "buf.build/acme/petapis")).toBe(undefined);
});

const parts = {
  "a/shop/m.proto": 'syntax = "proto3";\npackage shop.v1;\n',
  "a/buf.yaml": "version: v1\n",
  "b/more/m.proto": 'syntax = "proto3";\npackage more.v1;\n',
  "b/buf.yaml": "version: v1\n",
};

test("parts of an input with waivers each are not mixed up", async () => {
  const paths = ["a/shop", "b/more"];
  const one = await makeFolder({ ...parts, "b/proto4.waivers.yaml": waivers("two") });
  expect(await accepted(one, ".", { paths })).toBe("b/proto4.waivers.yaml: two");
  const both = await makeFolder({
    ...parts,
    "a/proto4.waivers.yaml": waivers("one"),
    "b/proto4.waivers.yaml": waivers("two"),
  });
  await expect(accepted(both, ".", { paths })).rejects.toMatchObject({
    code: "config-invalid",
    location: { path: "b/proto4.waivers.yaml" },
    message: expect.stringContaining("a/proto4.waivers.yaml; check the parts one by one"),
  });
  const none = await makeFolder(parts);
  expect((await loadWorkspace(".", { cwd: none, paths })).waivers()).toBe(undefined);
});

test("waivers last as long as the policy allows, half a year without one", async () => {
  const here = await makeFolder({ ...proto, "proto/proto4.waivers.yaml": waivers("x", "2027-05-26") });
  await expect(accepted(here, "proto")).rejects.toMatchObject({
    code: "config-invalid",
    location: { path: "proto/proto4.waivers.yaml", startLine: 3, startColumn: 52 },
    message: expect.stringMatching(/^2027-05-26 is further ahead .* say 2027-05-25 at the latest/),
  });
  await writeFile(join(here, "proto/proto4.yaml"), "version: v1\nwaiver_lifetime: 26w\n");
  expect(await accepted(here, "proto")).toBe("proto/proto4.waivers.yaml: x");
  await writeFile(join(here, "proto/proto4.yaml"), "version: v1\nwaiver_lifetime: 1d\n");
  await expect(accepted(here, "proto")).rejects.toMatchObject({ location: { startLine: 3 } });
});

test("a file that cannot be read is told of, with what is wrong", async () => {
  const here = await makeFolder(proto);
  const path = join(here, "proto/proto4.waivers.yaml");
  const told = (message: string) => ({
    code: "config-invalid",
    location: { path: "proto/proto4.waivers.yaml" },
    message: expect.stringContaining(message),
  });
  await mkdir(path);
  await expect(accepted(here, "proto")).rejects.toMatchObject(told("cannot be read: it is a folder"));
  await rm(path, { recursive: true });
  await writeFile(path, "");
  await truncate(path, 5 << 20);
  await expect(accepted(here, "proto")).rejects.toMatchObject(
    told("5242880 bytes, and 4194304 are the most"),
  );
  await rm(path);
  await symlink(path, path);
  await expect(accepted(here, "proto")).rejects.toMatchObject(told("cannot be read: ELOOP"));
});

test("a broken policy is told of where waivers are asked for", async () => {
  const here = await makeFolder({ ...proto, "proto/proto4.yaml": "version: v1\nwaiver_lifetime: long\n" });
  const workspace = await loadWorkspace("proto", { cwd: here });
  expect(() => workspace.waivers()).toThrow(
    expect.objectContaining({ code: "config-invalid", location: expect.objectContaining({ startLine: 2 }) }),
  );
});
