import { rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkSides, loadSide } from "../../../src/gate/index.js";
import { writeFiles } from "./breaking.js";

const imported = (type: string) => `syntax = "proto3";\npackage b;\nmessage B { ${type} a = 1; }\n`;

test("what a module imports from elsewhere in its workspace is seen to change, cache or not", async () => {
  const folder = await writeFiles({
    "ws/buf.yaml": "version: v2\nmodules: [{path: a}, {path: b}]\n",
    "ws/a/a.proto": 'syntax = "proto3";\npackage a;\nimport "b.proto";\nmessage A { b.B b = 1; }\n',
    "ws/b/b.proto": imported("string"),
  });
  const options = { cwd: folder, cacheFolder: join(folder, "cache") };
  const before = await loadSide("ws/a", options);
  expect(checkSides(before, await loadSide("ws/a", options), { today: "2026-11-22" })).toEqual([]);
  await writeFile(join(folder, "ws/b/b.proto"), imported("bytes"));
  const findings = checkSides(before, await loadSide("ws/a", options), { today: "2026-11-22" });
  expect(findings.map(({ rule, at }) => [rule, at?.path])).toEqual([["FIELD_SAME_TYPE", "ws/b/b.proto"]]);
  await rm(folder, { recursive: true, force: true });
});

test("a linked folder is seen to come and to change, cache or not", async () => {
  const folder = await writeFiles({
    "proto/a/a.proto": imported("string").replace("package b", "package a"),
    "elsewhere/b.proto": imported("string"),
  });
  const options = { cwd: folder, cacheFolder: join(folder, "cache") };
  const paths = async () => (await loadSide("proto", options)).image.files.map(({ path }) => path);
  expect([await paths(), await paths()]).toEqual([["a/a.proto"], ["a/a.proto"]]);
  await symlink("../elsewhere", join(folder, "proto/b"));
  expect(await paths()).toEqual(["a/a.proto", "b/b.proto"]);
  const before = await loadSide("proto", options);
  await writeFile(join(folder, "elsewhere/b.proto"), imported("bytes"));
  expect(checkSides(before, await loadSide("proto", options), { today: "2026-11-22" }).length).toBe(1);
  await rm(folder, { recursive: true, force: true });
});
