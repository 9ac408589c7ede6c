import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findOnPath } from "../setup/find-on-path.js";
import { main, makeFolder, type Outcome, proto4, run } from "./proto4.js";

const order =
  'syntax = "proto3";\npackage shop.v1;\nmessage Order {\n  string id = 1;\n  string note = 2;\n}\n';

let folder: string;

beforeAll(async () => {
  folder = await makeFolder({
    "api/before/shop/order.proto": order,
    "api/after/shop/order.proto": order.replace("  string note = 2;\n", ""),
    "api/file": "",
  });
  execFileSync("git", ["init", "-q"], { cwd: folder });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (...args: readonly string[]): Promise<Outcome> =>
  proto4(join(folder, "api"), "check", "after", "--against", "before", ...args);

const read = (path: string): Promise<string> => readFile(join(folder, "api", path), "utf8");

test("several reports go into files, in folders that are made, beside what is printed", async () => {
  const alone = await check();
  const both = await check("--report", "sarif=out/deep/a.sarif", "--report", "markdown=out/b.md");
  expect(both).toEqual(alone);
  expect(both).toMatchObject({ code: 100, stderr: "1 error\n" });
  expect(JSON.parse(await read("out/deep/a.sarif")).runs[0].results).toHaveLength(1);
  expect(await read("out/b.md")).toContain("### proto4: 1 error\n");
});

test("a file's report is what would be printed on no terminal", async () => {
  const { stdout } = await check("--format", "text");
  await check("--color", "always", "--format", "json", "--report", "text=a.txt");
  expect(await read("a.txt")).toBe(stdout);
});

test("- is standard output, in place of text", async () => {
  const { stdout } = await check("--format", "markdown");
  expect((await check("--report", "markdown=-")).stdout).toBe(stdout);
});

test("files are told from the root of the repository, wherever in it one stands", async () => {
  const { stdout } = await check("--format", "sarif");
  const [{ results }] = JSON.parse(stdout).runs;
  expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({
    uri: "api/after/shop/order.proto",
    uriBaseId: "%SRCROOT%",
  });
  expect((await check("--format", "github-actions")).stdout).toMatch(/^::error file=api\/after\/shop\/order/);
});

test("where nothing is found, what is one document is a whole one, and everything else is empty", async () => {
  const print = async (format: string) =>
    (await proto4(join(folder, "api"), "check", "after", "--against", "after", "--format", format)).stdout;
  expect(JSON.parse(await print("sarif")).runs[0].results).toEqual([]);
  expect(await print("markdown")).toBe("### proto4: no findings\n");
  expect(JSON.parse(await print("gitlab-code-quality"))).toEqual([]);
  expect([await print("text"), await print("json"), await print("github-actions")]).toEqual(["", "", ""]);
});

test.each([
  ["no file", ["--report", "sarif"], /Give a format and a file, such as json=findings\.json/],
  ["no format there is", ["--report", "xml=a.xml"], /The formats are text, json, /],
  ["one file twice", ["--report", "json=a", "--report", "sarif=a"], /two reports go to a: give each/],
  [
    "one file, spelled twice",
    ["--report", "json=a", "--report", "sarif=./a"],
    /two reports go to \.\/a: give/,
  ],
  ["a report beside a diff", ["--fix=dry", "--report", "json=a"], /--fix=dry prints .*: leave --report out/],
  ["a format of a diff", ["--fix=dry", "--format", "json"], /--fix=dry prints .*: leave --format out/],
  [
    "two for standard output",
    ["--format", "json", "--report", "sarif=-"],
    /one report goes to standard output/,
  ],
  ["--report beside --like-buf", ["--like-buf", "--report", "json=a"], /'--report.*' cannot be used with/],
  [
    "a format that buf has not",
    ["--like-buf", "--format", "sarif"],
    /buf has no format sarif: with --like-buf/,
  ],
])("%s is exit code 1 and one sentence", async (_, args, sentence) => {
  const { code, stdout, stderr } = await check(...args);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(sentence);
});

test.each([
  ["a folder", ".", /^\.: the report cannot be written here: it is a folder; give --report another file\n$/],
  ["a file in a file", "file/a/b.sarif", /^file\/a\/b\.sarif: the report cannot be written here: ENOTDIR/],
])("%s is refused before anything is compiled", async (_, path, sentence) => {
  const nowhere = ["check", "nowhere", "--against", "before", "--report", `sarif=${path}`];
  const { code, stdout, stderr } = await proto4(join(folder, "api"), ...nowhere);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(sentence);
});

const nobody = 65534;
const asRoot = process.getuid?.() === 0;

test.runIf(asRoot)("what another user may not write is refused before anything is compiled", async () => {
  await mkdir(join(folder, "theirs"));
  await writeFile(join(folder, "theirs/a.sarif"), "{}");
  await chmod(folder, 0o755);
  for (const path of ["theirs/a.sarif", "theirs/b/c.sarif"]) {
    const args = [main, "check", "nowhere", "--against", "x", "--report", `sarif=${path}`];
    const command = ["-c", 'exec "$@"', "sh", process.execPath, ...args];
    const outcome = await as(nobody, "sh", command);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toMatch(/^theirs\/.*: the report cannot be written here: EACCES/);
  }
  expect(await readFile(join(folder, "theirs/a.sarif"), "utf8")).toBe("{}");
});

function as(uid: number, command: string, args: readonly string[]): Promise<Outcome> {
  return run("setpriv", [`--reuid=${uid}`, "--clear-groups", command, ...args], folder);
}

test.runIf(process.platform === "linux")(
  "a folder that the system lets nobody make ends the check, and is told",
  async () => {
    // Node's mkdir with `recursive` never ends there.
    const { code, stdout, stderr } = await check("--report", "sarif=/proc/nowhere/a.sarif");
    expect(code).toBe(1);
    expect(stdout).toBe((await check()).stdout);
    expect(stderr).toContain("/proc/nowhere/a.sarif: this file cannot be written: ENOENT");
  },
);

test("a report that fails while it is written costs no verdict: all else is printed, and it is exit code 1", async () => {
  // A device that takes nothing, as a full disk does.
  const { code, stdout, stderr } = await check("--report", "sarif=/dev/full", "--report", "json=c.jsonl");
  expect(code).toBe(1);
  expect(stdout).toBe((await check()).stdout);
  expect(stderr).toMatch(/^1 error\n\/dev\/full: this file cannot be written: ENOSPC/);
  expect((await read("c.jsonl")).split("\n")).toHaveLength(2);
});

/** Runs a check on a terminal that is so wide, and gives what it shows. */
async function onTerminal(
  columns: number,
  environment: string,
  ...flags: readonly string[]
): Promise<string> {
  const command = [process.execPath, main, "check", "after", "--against", "before", ...flags].join(" ");
  const script = `stty cols ${columns}; env -u NO_COLOR -u FORCE_COLOR TERM=xterm ${environment} ${command}`;
  const { stdout } = await run("script", ["-qec", script, "/dev/null"], join(folder, "api"));
  return stdout.replaceAll("\r", "");
}

describe.skipIf(findOnPath("script") === undefined)("on a terminal", () => {
  test("colours are shown, unless NO_COLOR says otherwise", async () => {
    const red = "\u001b[1;31merror\u001b[0m";
    expect(await onTerminal(80, "")).toContain(red);
    expect(await onTerminal(80, "NO_COLOR=1")).not.toContain("\u001b");
    expect(await onTerminal(80, "NO_COLOR=1", "--color", "always")).toContain(red);
  });

  test("of 40 columns, no line is wider", async () => {
    const lines = (await onTerminal(40, "NO_COLOR=1")).split("\n");
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(40);
  });

  test("what programs read is neither wrapped nor coloured", async () => {
    const { stdout, stderr } = await check("--format", "json");
    expect(await onTerminal(40, "", "--format", "json")).toBe(stdout + stderr);
  });
});

test("where there is no terminal, FORCE_COLOR gives colours", async () => {
  const args = [main, "check", "after", "--against", "before"];
  const { stdout } = await run(process.execPath, args, join(folder, "api"), { FORCE_COLOR: "1" });
  expect(stdout).toContain("\u001b");
  expect((await check()).stdout).not.toContain("\u001b");
});

test.runIf(process.platform === "linux")(
  "who reads no further costs neither the verdict nor the reports in files",
  async () => {
    const closed = `exec "$@" | true`;
    const args = [main, "check", "after", "--against", "before", "--report", "json=d.jsonl"];
    const script = `set -o pipefail; ${closed}`;
    const outcome = await run("bash", ["-c", script, "bash", process.execPath, ...args], join(folder, "api"));
    expect(outcome).toMatchObject({ code: 100, stderr: "1 error\n" });
    expect((await read("d.jsonl")).split("\n")).toHaveLength(2);
  },
);

test.runIf(process.platform === "linux")(
  "standard output that takes nothing is a sentence and exit code 1",
  async () => {
    const args = [main, "check", "after", "--against", "before"];
    const command = ["-c", 'exec "$@" > /dev/full', "sh", process.execPath, ...args];
    const { code, stderr } = await run("sh", command, join(folder, "api"));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^(1 error\n)?the output cannot be written: ENOSPC[^\n]*\n(1 error\n)?$/);
  },
);

test.runIf(process.platform === "linux")("a watch ends when nobody reads it any longer", async () => {
  const args = [main, "check", "after", "--against", "before", "--watch"];
  const script = 'timeout 60 "$@" | true; echo "$PIPESTATUS"';
  const outcome = await run("bash", ["-c", script, "bash", process.execPath, ...args], join(folder, "api"));
  expect(outcome.stdout).not.toBe("124\n");
});
