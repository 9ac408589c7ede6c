import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type SourceEdit, writeSources } from "../../src/cli/write-sources.js";
import { writeSources as makeFolder } from "../setup/sources.js";

function edit(folder: string, path: string, before: string | undefined, after: string): SourceEdit {
  return {
    path,
    file: join(folder, path),
    before: before === undefined ? undefined : Buffer.from(before),
    after,
  };
}

test("a source is written with the permissions that it has", async () => {
  const folder = await makeFolder({ "a.proto": "old" });
  await chmod(join(folder, "a.proto"), 0o755);
  await writeSources([edit(folder, "a.proto", "old", "new")]);
  expect(await readFile(join(folder, "a.proto"), "utf8")).toBe("new");
  expect((await stat(join(folder, "a.proto"))).mode & 0o7777).toBe(0o755);
  expect(await readdir(folder)).toEqual(["a.proto"]);
});

test("what a link leads to is written, and the link stays", async () => {
  const folder = await makeFolder({ "real/a.proto": "old" });
  await symlink("real/a.proto", join(folder, "a.proto"));
  await writeSources([edit(folder, "a.proto", "old", "new")]);
  expect(await readFile(join(folder, "real/a.proto"), "utf8")).toBe("new");
  expect((await lstat(join(folder, "a.proto"))).isSymbolicLink()).toBe(true);
});

test("a new source is written into a new folder", async () => {
  const folder = await makeFolder({});
  await writeSources([edit(folder, "shop/v1/a.proto", undefined, "new")]);
  expect(await readFile(join(folder, "shop/v1/a.proto"), "utf8")).toBe("new");
});

test("a source that was changed since it was read is not overwritten, nor is any other", async () => {
  const folder = await makeFolder({ "a.proto": "old", "b.proto": "meanwhile" });
  const writing = writeSources([
    edit(folder, "a.proto", "old", "new"),
    edit(folder, "b.proto", "old", "new"),
  ]);
  await expect(writing).rejects.toMatchObject({ code: "source-changed", location: { path: "b.proto" } });
  expect(await readFile(join(folder, "a.proto"), "utf8")).toBe("old");
  expect(await readFile(join(folder, "b.proto"), "utf8")).toBe("meanwhile");
  expect((await readdir(folder)).sort()).toEqual(["a.proto", "b.proto"]);
});

test("a source that somebody else wrote meanwhile is not overwritten by a new one", async () => {
  const folder = await makeFolder({ "a.proto": "theirs" });
  const writing = writeSources([edit(folder, "a.proto", undefined, "ours")]);
  await expect(writing).rejects.toMatchObject({ code: "source-changed" });
  expect(await readFile(join(folder, "a.proto"), "utf8")).toBe("theirs");
});

test("a source that is gone is told of, and no other is written", async () => {
  const folder = await makeFolder({ "a.proto": "old" });
  const writing = writeSources([
    edit(folder, "a.proto", "old", "new"),
    edit(folder, "gone.proto", "old", "new"),
  ]);
  await expect(writing).rejects.toMatchObject({
    code: "output-unwritable",
    location: { path: "gone.proto" },
  });
  expect(await readFile(join(folder, "a.proto"), "utf8")).toBe("old");
});

test("a leftover of a run that was killed is no obstacle", async () => {
  const folder = await makeFolder({ "a.proto": "old", ".a.proto.proto4-fix": "left" });
  await mkdir(join(folder, "b"));
  await writeFile(join(folder, "b/c.proto"), "old");
  await writeSources([edit(folder, "a.proto", "old", "new"), edit(folder, "b/c.proto", "old", "new")]);
  expect((await readdir(folder)).sort()).toEqual(["a.proto", "b"]);
});
