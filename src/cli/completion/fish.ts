import type { Described, DescribedOption } from "./describe.js";

/** A script for fish 3 and later. */
export function fishScript(commands: readonly Described[]): string {
  const paths = commands.filter(({ path }) => path !== "").map(({ path }) => quoted(path));
  return `# proto4 completion fish
function __proto4_at
    set -l at
    for word in (commandline -opc)[2..]
        set -l longer (string join -- ' ' $at $word)
        if contains -- $longer ${paths.join(" ")}
            set at $longer
        end
    end
    test "$at" = "$argv[1]"
end
complete -c proto4 -e
${commands.flatMap(linesOf).join("\n")}
`;
}

function linesOf({ path, words, options }: Described): readonly string[] {
  const start = `complete -c proto4 -n ${quoted(`__proto4_at ${quoted(path)}`)}`;
  return [
    ...words.map(({ name, description }) => `${start} -f -a ${quoted(name)} -d ${quoted(description)}`),
    ...options.map((option) => `${start} ${optionOf(option)} -d ${quoted(option.description)}`),
  ];
}

function optionOf({ flags, takesValue, choices }: DescribedOption): string {
  const names = flags.map((flag) => (flag.startsWith("--") ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`));
  if (choices.length > 0) return `${names.join(" ")} -x -a ${quoted(choices.join(" "))}`;
  return `${names.join(" ")}${takesValue ? " -r -F" : ""}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
