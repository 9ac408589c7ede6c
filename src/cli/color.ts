import { Option } from "commander";

/** When to use colours. */
export type ColorChoice = "auto" | "always" | "never";

/** The flag that says it. */
export function colorOption(): Option {
  return new Option(
    "--color <when>",
    "colours in text: on a terminal, unless NO_COLOR or FORCE_COLOR say otherwise",
  )
    .choices(["auto", "always", "never"] satisfies readonly ColorChoice[])
    .default("auto" satisfies ColorChoice);
}

/**
 * Whether to use colours. The flag is heard first, then FORCE_COLOR, then NO_COLOR, as most tools do it.
 * @see https://no-color.org
 */
export function usesColor(
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (choice !== "auto") return choice === "always";
  const { FORCE_COLOR: force, NO_COLOR: none = "", TERM: terminal } = env;
  if (force !== undefined) return !["0", "false"].includes(force);
  return none === "" && isTerminal && terminal !== "dumb";
}
