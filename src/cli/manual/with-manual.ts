import type { Command } from "commander";
import { breakLines, indented, layOutItem } from "./lay-out.js";
import { files, type Page } from "./page.js";
import { pages } from "./pages.js";

/** Gives each command below this one the sections that a manual has, behind what its help says by itself. */
export function withManual(program: Command): Command {
  fitTerminal(program);
  for (const command of program.commands) addPage(command, command.name());
  return program;
}

/** Commander breaks no line to less than 40 columns, which beside its longer terms nobody has. */
function fitTerminal(command: Command): void {
  command
    .configureHelp({
      formatItem: (term, termWidth, description, { helpWidth = USUAL }) =>
        layOutItem(term, termWidth, description, helpWidth),
    })
    .configureOutput({
      writeOut: (text) => process.stdout.write(breakLines(text, widthOf(command, false))),
      writeErr: (text) => process.stderr.write(breakLines(text, widthOf(command, true))),
      // Errors stay as they are, one on a line.
      outputError: (text) => process.stderr.write(text),
    });
}

/** Of the terminal that help is written to; where there is none, as most are. */
function widthOf(command: Command, isError: boolean): number {
  const { getOutHelpWidth, getErrHelpWidth } = command.configureOutput();
  return (isError ? getErrHelpWidth : getOutHelpWidth)?.() ?? USUAL;
}

const USUAL = 80;

function addPage(command: Command, path: string): void {
  fitTerminal(command);
  const page = pages[path];
  if (page !== undefined)
    command.addHelpText("after", ({ error }) => sections(command, page, widthOf(command, error)));
  for (const below of command.commands) addPage(below, `${path} ${below.name()}`);
}

function sections(command: Command, page: Page, width: number): string {
  const table = (rows: readonly (readonly [string, string])[]) => {
    const termWidth = Math.max(0, ...rows.map(([name]) => name.length));
    return rows.map(([name, meaning]) => layOutItem(name, termWidth, meaning, width));
  };
  const parts: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ["Examples", (page.examples ?? []).map((line) => `  ${line}`)],
    [
      "Exit codes",
      table(
        Object.entries({
          0: "done",
          1: "it could not be done: usage, configuration, sources, surroundings",
          ...page.exits,
        }),
      ),
    ],
    ["Environment", table(environmentOf(command, page))],
    ["Files", table((page.files ?? []).map((name) => [name, files[name]]))],
    ["See also", indented(page.see.join(", "), 2, width)],
  ];
  return parts.flatMap(([title, lines]) => (lines.length === 0 ? [] : [`\n${title}:`, ...lines])).join("\n");
}

function environmentOf(command: Command, { compiles = false }: Page): readonly (readonly [string, string])[] {
  const has = (flag: string): boolean => command.options.some(({ long }) => long === flag);
  return [
    ...(has("--store") ? storeVariables : []),
    ...(compiles ? compilerVariables : []),
    ...(has("--color") ? colorVariables : []),
  ];
}

const storeVariables = [
  ["PROTO4_STORE", "the store, in place of --store"],
  [
    "CONSUL_HTTP_TOKEN",
    "and Consul's other variables: CONSUL_HTTP_SSL, CONSUL_CACERT, CONSUL_CLIENT_CERT, …",
  ],
] as const;

const compilerVariables = [
  ["XDG_CACHE_HOME", "where compiled files are kept (LOCALAPPDATA on Windows)"],
  ["PATH", "where buf and git are found; the buf that npm installed comes first"],
] as const;

const colorVariables = [
  ["NO_COLOR", "no colours, if it has any value"],
  ["FORCE_COLOR", "colours also where there is no terminal"],
] as const;
