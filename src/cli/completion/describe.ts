import type { Command, Option } from "commander";

/** What a shell needs to know of a command. */
export interface Described {
  /** The words that lead to it, without `proto4`; empty for the program itself. */
  readonly path: string;
  /** What can follow: commands, or what its first argument may be. */
  readonly words: readonly Named[];
  readonly options: readonly DescribedOption[];
}

export interface Named {
  readonly name: string;
  readonly description: string;
}

export interface DescribedOption {
  /** All its spellings, the long one last. */
  readonly flags: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  /** What the value can be; empty where anything can, such as a file. */
  readonly choices: readonly string[];
}

/** Describes a program and all commands below it, the program first. */
export function describe(program: Command): readonly Described[] {
  return describeAt(program, "");
}

function describeAt(command: Command, path: string): readonly Described[] {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  const own = {
    path,
    words: [...commands.map(nameOf), ...argumentsOf(command)],
    options: help.visibleOptions(command).map(describeOption),
  };
  return [own, ...commands.flatMap((below) => describeAt(below, `${path} ${below.name()}`.trim()))];
}

function nameOf(command: Command): Named {
  return { name: command.name(), description: firstSentence(command.description()) };
}

function argumentsOf({ registeredArguments: [first] }: Command): readonly Named[] {
  return (first?.argChoices ?? []).map((name) => ({ name, description: "" }));
}

function describeOption({
  short,
  long,
  description,
  required,
  optional,
  argChoices,
}: Option): DescribedOption {
  return {
    flags: [short, long].filter((flag) => flag !== undefined),
    description: firstSentence(description),
    // An optional value is joined to its flag: what follows is the next word.
    takesValue: required && !optional,
    choices: argChoices ?? [],
  };
}

function firstSentence(text: string): string {
  return text.split(/[.;]\s|\s\(default/)[0]!.replace(/\.$/, "");
}
