import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { pages } from "../../src/cli/manual/pages.js";
import { loadProgram } from "../../src/cli/program.js";
import { root } from "../setup/source-files.js";
import { proto4 } from "./proto4.js";

const program = await loadProgram(["--help"]);
const commands = allBelow(program, "");

test("every page is of a command that there is", () => {
  expect(Object.keys(pages).filter((path) => !commands.has(path))).toEqual([]);
});

test("the commands stand in groups, each in one", () => {
  const help = program.helpInformation();
  const headings = [...help.matchAll(/^(\S.*):\n(?= {2})/gm)].map(([, heading]) => heading);
  expect(headings).toEqual([
    "Options",
    "Begin",
    "Judge what changed",
    "Carry data between generations",
    "Keep the record",
  ]);
  for (const { name } of program.commands.map((command) => ({ name: command.name() })))
    expect(help.match(new RegExp(`^  ${name} `, "gm"))).toHaveLength(1);
});

describe.each([...commands])("proto4 %s", (path, command) => {
  const help = helpOf(command);
  const examples = examplesIn(help);

  test("says what it does, in a sentence", () => {
    expect(command.description()).toMatch(/^[A-Z][\s\S]*\.$/);
    for (const { description, flags } of command.options) expect(description, flags).not.toBe("");
  });

  test("tells its exit codes, and where to read on", () => {
    expect(help).toMatch(/^Exit codes:\n {2}0 +\S/m);
    const [, seen = ""] = /^See also:\n((?: {2}.*\n?)+)/m.exec(help) ?? [];
    for (const name of seen.trim().split(/,\s+/))
      expect(
        name.startsWith("docs/") ? existsSync(join(root, name)) : commands.has(name.slice(7)),
        name,
      ).toBe(true);
  });

  test("tells of the environment that its flags speak of", () => {
    const has = (flag: string) => command.options.some(({ long }) => long === flag);
    expect(/^ {2}PROTO4_STORE /m.test(help)).toBe(has("--store"));
    expect(/^ {2}NO_COLOR /m.test(help)).toBe(has("--color"));
  });

  test("has examples, and each of them parses", async () => {
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) await parse(example);
    const own = examples.filter((example) => example.startsWith(`proto4 ${path}`));
    expect(own.length).toBeGreaterThan(0);
  });
});

test.each([40, 80, 200])(
  "help fits a terminal of %d columns, but for examples and what has no gap",
  async (width) => {
    const write = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    onTestFinished(() => void write.mockRestore());
    const fresh = await loadProgram(["--help"]);
    for (const command of [fresh, ...allBelow(fresh, "").values()])
      command.configureOutput({ getOutHelpWidth: () => width }).outputHelp();
    const lines = write.mock.calls.flatMap(([text]) => String(text).split("\n"));
    expect(lines.length).toBeGreaterThan(500);
    const isExample = (line: string) =>
      /^ +(--reason|proto4|git|cat|source|bash|zsh|fish|powershell) /.test(line);
    const isTerm = (line: string) => /^ {2}\S+( [[<]\S+| \[options\])*$/.test(line);
    const tooLong = lines.filter((line) => line.length > width && !isExample(line) && !isTerm(line));
    expect(tooLong.filter((line) => line.trim().includes(" "))).toEqual([]);
  },
);

test.each([
  ["help", ["--help"]],
  ["help registry push", ["registry", "push", "--help"]],
])("proto4 %s is help", async (typed, flagged) => {
  const outcome = await proto4(".", ...typed.split(" "));
  expect(outcome).toEqual(await proto4(".", ...flagged));
  expect(outcome).toMatchObject({ code: 0, stdout: expect.stringContaining("Usage: proto4") });
});

test("the program's own examples parse, too", async () => {
  const examples = examplesIn(helpOf(program));
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) await parse(example);
});

test("an example that does not parse is found", async () => {
  await expect(parse("proto4 check --no-such-flag")).rejects.toThrow("unknown option");
  await expect(parse("proto4 init --ci travis")).rejects.toThrow("invalid");
  await expect(parse("proto4 registry pull acme/user")).rejects.toThrow("--out");
});

/** The commands below one, by their paths. */
function allBelow(command: Command, path: string): ReadonlyMap<string, Command> {
  return new Map(
    command.commands.flatMap((below) => {
      const at = `${path} ${below.name()}`.trim();
      return [[at, below] as const, ...allBelow(below, at)];
    }),
  );
}

/** All of it, with what stands behind the options. */
function helpOf(command: Command): string {
  const parts: string[] = [];
  command.configureOutput({ writeOut: (part) => parts.push(part) }).outputHelp();
  return parts.join("");
}

/** The command lines, continued ones joined, without comments, pipes and redirections. */
function examplesIn(help: string): readonly string[] {
  const [, block = ""] = /^Examples:\n((?: {2}.*\n?)*)/m.exec(help) ?? [];
  const lines = block.replace(/\\\n\s*/g, "").split("\n");
  return lines.map((line) => line.trim()).filter((line) => line.startsWith("proto4 "));
}

/** Parses a command line as the program does, and does nothing. */
async function parse(line: string): Promise<void> {
  const fresh = await loadProgram(["--help"]);
  for (const command of [fresh, ...allBelow(fresh, "").values()]) {
    command.exitOverride().configureOutput({ outputError: () => {} });
    if (command.commands.length === 0) command.action(() => {});
  }
  await fresh.parseAsync(wordsOf(line).slice(1), { from: "user" });
}

function wordsOf(line: string): readonly string[] {
  const [command = ""] = line.split(/ [|<>#]| >>/);
  return [...command.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
}
