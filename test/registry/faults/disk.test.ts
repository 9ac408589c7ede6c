import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import { root } from "../../setup/source-files.js";
import { readTruth } from "../histories/client.js";
import { grownImage } from "../histories/grown.js";
import { writeHeavyImage } from "../kills/heavy-image.js";
import { runKilled } from "../kills/run-killed.js";
import { dump, openTestStore } from "../stores.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "proto4-disk-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const proto4 = (...args: readonly string[]) => runKilled(args, { XDG_CACHE_HOME: join(folder, "cache") });
const push = (image: string, subject: string, store: string) =>
  proto4("registry", "push", image, "--subject", subject, "--store", store);

test("on a full disk a push says so and leaves nothing half; with room again it is done", {
  timeout: 60_000,
}, async (context) => {
  const disk = mkdtempSync(join(tmpdir(), "proto4-full-"));
  if (command("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk).status !== 0) {
    rmSync(disk, { recursive: true });
    context.skip("SKIPPED: no small disk can be mounted here");
  }
  try {
    const store = `lmdb:${join(disk, "registry.lmdb")}`;
    const [small, heavy] = [join(folder, "small.binpb"), join(folder, "heavy.binpb")];
    await writeFile(small, serializeImage(grownImage([1])));
    // Three megabytes do not fit in two.
    await writeHeavyImage(1, heavy);
    expect(await push(small, "acme/grown", store)).toMatchObject({ code: 0 });
    const before = await visible(store);
    const outcome = await push(heavy, "acme/grown", store);
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toContain("is its disk full");
    expect(await visible(store)).toEqual(before);
    expect(await readTruth(store)).toMatchObject([{ seq: 1, fields: [1] }]);
    expect(command("mount", "-o", "remount,size=20m", disk).status).toBe(0);
    expect(await push(heavy, "acme/grown", store)).toMatchObject({
      code: 0,
      stdout: "published acme/grown@2: acme.v1\n",
    });
  } finally {
    command("umount", disk);
    rmSync(disk, { recursive: true });
  }
});

// Root may write everything; so another user tries.
const isRoot = process.getuid?.() === 0;
const another = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] as const;
const changes = isRoot && command(...another, "true").status === 0;
if (isRoot && !changes)
  console.warn("SKIPPED: root cannot become another user here, read-only pushes stay untested");

test.skipIf(isRoot && !changes)(
  "who may only read a store shows what it holds, judges, and is told on pushing",
  {
    timeout: 60_000,
  },
  async () => {
    const path = join(folder, "registry.lmdb");
    const store = `lmdb:${path}`;
    const images = [1, 2].map((count) => join(folder, `${count}.binpb`));
    for (const [place, image] of images.entries())
      writeFileSync(image, serializeImage(grownImage([1, 2].slice(0, place + 1))));
    expect(await push(images[0]!, "acme/grown", store)).toMatchObject({ code: 0 });
    const before = await everything(store);
    const files = [path, `${path}-lock`];
    for (const file of files) chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    const main = join(root, "dist/bundle/cli/main.cjs");
    const as = (...args: readonly string[]) =>
      command(
        ...(changes ? another : []),
        "env",
        "XDG_CACHE_HOME=/nonexistent",
        process.execPath,
        main,
        ...args,
      );
    const asked = (image: string, ...more: readonly string[]) =>
      as("registry", "push", image, "--subject", "acme/grown", "--store", store, ...more);
    const shown = as("registry", "show", "acme/grown", "--store", store);
    const judged = asked(images[1]!, "--dry-run");
    const pushed = asked(images[1]!);
    chmodSync(folder, 0o755);
    for (const file of files) chmodSync(file, 0o644);
    expect(shown).toMatchObject({ status: 0, stdout: expect.stringMatching(/^acme\/grown@1/) });
    expect(judged).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^would publish acme\/grown@2/),
    });
    expect(pushed).toMatchObject({ status: 1, stdout: "" });
    expect(pushed.stderr).toContain(path);
    expect(pushed.stderr).toContain("may only be read");
    expect(await everything(store)).toEqual(before);
  },
);

/** What readers see: blobs that nothing names are none of it. */
async function visible(address: string): Promise<readonly string[]> {
  return (await everything(address)).filter((line) => !line.startsWith("proto4/v1/blob/"));
}

async function everything(address: string): Promise<readonly string[]> {
  const store = await openTestStore(address, Date.now);
  const found = await dump(store);
  await store.close();
  return found;
}

function command(...[name = "", ...args]: readonly string[]) {
  return spawnSync(name, args, { encoding: "utf8" });
}
