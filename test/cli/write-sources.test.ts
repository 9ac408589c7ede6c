import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from "node:fs/promises";
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
  await utimes(join(folder, ".a.proto.proto4-fix"), 0, 0);
  await mkdir(join(folder, "b"));
  await writeFile(join(folder, "b/c.proto"), "old");
  await writeSources([edit(folder, "a.proto", "old", "new"), edit(folder, "b/c.proto", "old", "new")]);
  expect((await readdir(folder)).sort()).toEqual(["a.proto", "b"]);
});

test("of two that write at once one does, and the other says so", async () => {
  const names = Array.from({ length: 40 }, (_, index) => `${index}.proto`);
  const folder = await makeFolder(Object.fromEntries(names.map((name) => [name, "old"])));
  const all = (text: string) => writeSources(names.map((name) => edit(folder, name, "old", text)));
  const outcomes = await Promise.allSettled([all("one"), all("two")]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const winner = outcomes[0]!.status === "fulfilled" ? "one" : "two";
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  expect(new Set(texts)).toEqual(new Set([winner]));
  const [{ reason }] = outcomes.filter((outcome) => outcome.status === "rejected") as [PromiseRejectedResult];
  expect(reason).toMatchObject({ code: "source-changed", message: expect.stringContaining("run proto4") });
  expect((await readdir(folder)).sort()).toEqual(names.toSorted());
});
