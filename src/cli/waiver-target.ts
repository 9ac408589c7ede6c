import type { Command } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import { quoted, type Target } from "../gate/index.js";
import type { Comparison } from "./comparison.js";

/** Flags that name what is waived, where it is not one finding. */
export interface TargetOptions {
  readonly rule?: string;
  readonly symbol?: string;
}

/** Gives a command the argument and the flags that say what is waived. */
export function withTarget(command: Command): Command {
  return command
    .argument("[finding]", "its id, which the last line of a finding tells")
    .option("--rule <rule>", "in place of one finding: whatever this rule says …")
    .option("--symbol <name>", "… of the element of this full name, or of the file of this path");
}

/**
 * What is waived, and in which input: without a finding, the only argument is the input.
 * @throws Proto4Error "usage" where nothing is named, too much, or what is no id
 */
export function readTarget(
  args: readonly (string | undefined)[],
  { rule, symbol }: TargetOptions,
): { readonly target: Target; readonly input: string } {
  const [first, second] = args;
  if (rule === undefined && symbol === undefined)
    return { target: { finding: checkId(first) }, input: second ?? "." };
  if (rule === undefined || symbol === undefined)
    throw usage("--rule and --symbol go together: which rule, and of which element");
  if (second !== undefined && second !== ".")
    throw usage("name a finding by its id, or else a rule and a symbol, not both");
  return { target: { rule, symbol }, input: first ?? "." };
}

/** What to say behind `proto4 unwaive` besides, so that it finds the file that another command found. */
export function whereOf(input: string, { config, policy }: Pick<Comparison, "config" | "policy">): string {
  const said = [
    ...(input === "." ? [] : [input]),
    ...(config === undefined ? [] : ["--config", config]),
    ...(policy === undefined ? [] : ["--policy", policy]),
  ];
  return said.map((word) => ` ${quoted(word)}`).join("");
}

function checkId(id: string | undefined): string {
  if (id === undefined)
    throw usage("name a finding by its id, or else a rule and a symbol: --rule … --symbol …");
  if (/^[0-9a-f]{12}$/.test(id)) return id;
  throw usage(
    `"${id}" is no finding's id: it has 12 hex digits, and is the last line that proto4 check tells of it`,
  );
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}
