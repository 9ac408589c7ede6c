import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { unifiedDiff } from "../../../src/gate/source/index.js";

const folder = mkdtempSync(join(tmpdir(), "proto4-diff-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What git makes of a file by a diff. */
function applied(path: string, before: string | undefined, after: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  if (before !== undefined) writeFileSync(file, before);
  const input = unifiedDiff(path, before, after);
  execFileSync("git", ["apply", "--whitespace=nowarn", "-"], { cwd: folder, input, env: withoutRepository });
  return readFileSync(file, "utf8");
}

const withoutRepository = { PATH: process.env.PATH, GIT_CEILING_DIRECTORIES: dirname(folder), LC_ALL: "C" };

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}\n`);
const long = lines(40).join("");

describe("git applies it", () => {
  test.each<[what: string, before: string | undefined, after: string]>([
    ["a line in the middle", long, long.replace("line 20\n", "")],
    ["the first line", long, `first\n${long}`],
    ["the last line", long, `${long}last\n`],
    ["two hunks", long, long.replace("line 5", "five").replace("line 30", "thirty")],
    ["hunks that touch", long, long.replace("line 10", "ten").replace("line 17", "seventeen")],
    ["carriage returns", "a\r\nb\r\nc\r\n", "a\r\nx\r\nc\r\n"],
    ["line breaks of both kinds", "a\r\nb\nc\r\n", "a\r\nb\r\nc\r\n"],
    ["a byte order mark", "\ufeffa\nb\n", "\ufeffx\nb\n"],
    ["no line break at the end of either", "a\nb", "a\nc"],
    ["a line break at the end that comes", "a\nb", "a\nb\n"],
    ["a line break at the end that leaves", "a\nb\n", "a\nb"],
    ["an empty file that gets lines", "", "a\n"],
    ["a file that loses all lines", "a\nb\n", ""],
    ["a new file", undefined, "a\nb\n"],
    ["a new file without a line break", undefined, "a"],
  ])("%s", (_, before, after) => {
    expect(applied("some/file.proto", before, after)).toBe(after);
  });

  test.each(["with blank.proto", 'with "quotes".proto', "with\\backslash.proto", "übung.proto"])(
    "%s",
    (path) => {
      expect(applied(path, "a\nb\n", "a\nc\n")).toBe("a\nc\n");
      expect(applied(path, undefined, "a\n")).toBe("a\n");
    },
  );
});

test("equal texts have no diff", () => {
  expect(unifiedDiff("a.proto", long, long)).toBe("");
});

test("only what differs is shown, with three lines around it", () => {
  expect(unifiedDiff("a.proto", long, long.replace("line 20\n", "twenty\n"))).toBe(
    [
      "diff --git a/a.proto b/a.proto\n--- a/a.proto\n+++ b/a.proto\n@@ -18,7 +18,7 @@\n line 17\n line 18\n line 19\n",
      "-line 20\n+twenty\n line 21\n line 22\n line 23\n",
    ].join(""),
  );
});

test("whatever differs, git makes the one of the other", { timeout: 30_000 }, () => {
  const text = fc
    .array(fc.constantFrom("a\n", "b\n", "c\r\n", "\n", "d\n"), { maxLength: 40 })
    .map((all) => all.join(""));
  const ended = fc.tuple(text, fc.constantFrom("", "end")).map((parts) => parts.join(""));
  fc.assert(
    fc.property(ended, ended, (before, after) => {
      fc.pre(before !== after);
      expect(applied("random.proto", before, after)).toBe(after);
    }),
    { numRuns: 60 },
  );
});

test("texts that have nothing in common are told apart at once", () => {
  const [before, after] = [lines(20_000).join(""), lines(20_000).join("x")];
  const start = performance.now();
  expect(applied("huge.proto", before, after)).toBe(after);
  expect(performance.now() - start).toBeLessThan(5_000);
});
