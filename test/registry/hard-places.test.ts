import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main, type Outcome, run } from "../cli/proto4.js";
import { root } from "../setup/source-files.js";
import { userProto, writeFiles } from "./contracts.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "proto4-places-"));
  await writeFiles(folder, userProto("string name = 1"));
  expect(await registry("push", folder, "--subject", "acme/user")).toMatchObject({ code: 0 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const node = process.execPath;

async function registry(...args: readonly string[]): Promise<Outcome> {
  return within(folder, node, main, "registry", ...args);
}

function within(cwd: string, command: string, ...args: readonly string[]): Promise<Outcome> {
  const env = {
    PROTO4_STORE: `lmdb:${join(folder, "registry.lmdb")}`,
    XDG_CACHE_HOME: join(folder, "cache"),
  };
  return run(command, args, cwd, env);
}

// Node's own mkdir tries for ever in there.
describe.skipIf(process.platform !== "linux")("below /proc, where nobody makes a folder,", () => {
  test.each([
    ["a store", ["push", ".", "--subject", "acme/user", "--store", "lmdb:/proc/none/registry.lmdb"]],
    ["a version", ["pull", "acme/user", "--out", "/proc/none/out"]],
    ["an export", ["export", "--out", "/proc/none/out"]],
  ])("%s is refused with what cannot be made", async (_, args) => {
    // What hangs would outlive the run.
    expect(await within(folder, "timeout", "15", node, main, "registry", ...args)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("/proc/none"),
    });
  });
});

test.skipIf(process.platform !== "linux")(
  "a service that cannot keep its answer below /proc starts and says so",
  async () => {
    const script = `
    import { join } from ${JSON.stringify(`file://${join(root, "dist/src/registry/join.js")}`)};
    const contract = { package: "acme.v1", fingerprint: process.argv[1] };
    const joined = await join({ store: process.env.PROTO4_STORE, contract, folder: "/proc/none/kept" });
    console.log(joined.message);`;
    const shown = JSON.parse((await registry("show", "acme/user", "--json")).stdout);
    const start = [node, "--input-type=module", "--eval", script, shown.contracts[0].fingerprint];
    expect(await within(folder, "timeout", "15", ...start)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/could not be kept in \/proc\/none\/kept/),
    });
  },
);

test("a version is not pulled over the folder in which one stands", async () => {
  const here = join(folder, "here");
  await mkdir(here);
  const { ino } = await stat(here);
  const pull = (out: string) => within(here, node, main, "registry", "pull", "acme/user", "--out", out);
  for (const out of [".", here])
    expect(await pull(out)).toMatchObject({ code: 1, stderr: expect.stringContaining("inside it") });
  expect((await stat(here)).ino).toBe(ino);
  expect(await pull("inside")).toMatchObject({ code: 0 });
});

test("a version is pulled to where a link leads", async () => {
  await mkdir(join(folder, "real"));
  await symlink("real", join(folder, "link"));
  expect(await registry("pull", "acme/user", "--out", "link")).toMatchObject({ code: 0 });
  expect((await readdir(join(folder, "real"))).sort()).toEqual(["acme", "image.binpb"]);
});

test("an export takes no folder that has attributes of its own, and keeps those that were added to its", async () => {
  const [foreign, own] = [join(folder, "foreign"), join(folder, "own")];
  await mkdir(foreign);
  await writeFile(join(foreign, ".gitattributes"), "*.bin filter=lfs\n");
  expect(await registry("export", "--out", foreign)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(".gitattributes"),
  });
  expect(await readFile(join(foreign, ".gitattributes"), "utf8")).toBe("*.bin filter=lfs\n");
  expect(await registry("export", "--out", own)).toMatchObject({ code: 0 });
  await writeFile(join(own, ".gitattributes"), "* -text\n*.json diff\n");
  expect(await registry("export", "--out", own)).toMatchObject({ code: 0 });
  expect(await readFile(join(own, ".gitattributes"), "utf8")).toBe("* -text\n*.json diff\n");
});
