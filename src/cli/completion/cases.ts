import type { Described } from "./describe.js";

interface Choice {
  /** ` check --format`: where one stands, and the flag before. */
  readonly keys: readonly string[];
  readonly choices: readonly string[];
}

/** The flags whose value is one of a few, those with the same ones together. */
export function flagsWith(commands: readonly Described[]): readonly Choice[] {
  const found = new Map<string, { keys: string[]; choices: readonly string[] }>();
  for (const { path, options } of commands)
    for (const { flags, choices } of options) {
      if (choices.length === 0) continue;
      const entry = found.get(choices.join()) ?? { keys: [], choices };
      entry.keys.push(...flags.map((flag) => keyOf(path, flag)));
      found.set(choices.join(), entry);
    }
  return [...found.values()];
}

/** The flags whose value may be anything. */
export function freeFlags(commands: readonly Described[]): readonly string[] {
  return commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue, choices }) => takesValue && choices.length === 0)
      .flatMap(({ flags }) => flags.map((flag) => keyOf(path, flag))),
  );
}

/** Patterns of a shell's `case`. */
export function alternatives(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join("|");
}

function keyOf(path: string, flag: string): string {
  return `${path === "" ? "" : ` ${path}`} ${flag}`;
}
