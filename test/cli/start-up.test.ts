import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { findBuf } from "../../src/image/find-buf.js";
import { main, makeFolder, run } from "./proto4.js";

/** Tells which files a process has loaded when it ends. */
const tell =
  'process.on("exit", () => process.stderr.write(JSON.stringify(Object.keys(require.cache).map((path) => path.replaceAll("\\\\", "/")))))';

test("a check of images loads nothing that it has no use for: start-up is most of a short check", async () => {
  const folder = await makeFolder({
    "tell.cjs": tell,
    "before/a.proto": 'syntax = "proto3"; package a; message A { string a = 1; }',
    "after/a.proto": 'syntax = "proto3"; package a; message A { int32 a = 1; }',
  });
  for (const side of ["before", "after"])
    await run(findBuf(), ["build", "-o", `../${side}.binpb`], `${folder}/${side}`);
  const args = ["-r", "./tell.cjs", main, "check", "after.binpb", "--against", "before.binpb"];
  const { code, stderr } = await run(process.execPath, args, folder);
  await rm(folder, { recursive: true, force: true });
  expect(code).toBe(100);
  const loaded: readonly string[] = JSON.parse(stderr.slice(stderr.indexOf("[")));
  expect(loaded.some((path) => /\/cli\/main\.cjs$/.test(path))).toBe(true);
  const idle = /node_modules\/|\/(load-cached|run-buf|run-git|registry|parse-yaml|read-policy)-/;
  expect(loaded.filter((path) => idle.test(path))).toEqual([]);
});

test.skipIf(process.platform === "win32")(
  "who has read enough of the output has made no mistake, and what there is to say is its exit code",
  async () => {
    const line = `(sleep 0.1; "${process.execPath}" "${main}" completion zsh; echo "ended with $?" >&2) | true`;
    expect(await run("sh", ["-c", line], ".")).toEqual({ code: 0, stdout: "", stderr: "ended with 0\n" });
  },
);
