import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseInput } from "../../../src/gate/workspace/input.js";
import { loadCommit } from "../../../src/gate/workspace/load-commit.js";

/** More than are read at once, and what could be taken for the frame around a source. */
const sources = new Map([
  ...Array.from({ length: 250 }, (_, at) => [`many/${at}.proto`, `message M${at} {}\n`] as const),
  ["empty.proto", ""],
  ["no-end.proto", "message A {}"],
  ["frame.proto", "message A {}\n0123456789012345678901234567890123456789 blob 7\nmissing\n"],
  ["ünïcode and spaces.proto", "// Grüße, 世界 \u{1F680}\n"],
  ["two\nlines.proto", "message Two {}\n"],
  ["buf.yaml", "version: v2\n"],
]);

const folder = mkdtempSync(join(tmpdir(), "proto4-commit-"));
const git = (...args: readonly string[]) =>
  execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.com", ...args]);

beforeAll(() => {
  git("init", "-q", "-b", "main");
  for (const [path, text] of sources) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  git("add", ".");
  // A submodule may be called like a source, and its commit is not here.
  git("update-index", "--add", "--cacheinfo", `160000,${"12".repeat(20)},many/99x.proto`);
  git("commit", "-qm", "all");
});
afterAll(() => rmSync(folder, { recursive: true }));

test("every source of a commit is read as it is, in whatever order", () => {
  const tree = loadCommit(parseInput(".git#branch=main"), folder, undefined);
  const order = [...sources.keys()].toSorted((a, b) => ((a.length * 7) % 5) - ((b.length * 7) % 5));
  expect(new Map(order.map((path) => [path, tree.read(path)]))).toEqual(sources);
  expect(tree.read("many/99x.proto")).toBeUndefined();
  expect(tree.read("not-there.proto")).toBeUndefined();
});
