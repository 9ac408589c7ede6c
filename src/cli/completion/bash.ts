import { alternatives, flagsWith, freeFlags } from "./cases.js";
import type { Described } from "./describe.js";

/** A script for bash 3.2 and later, which needs no bash-completion. */
export function bashScript(commands: readonly Described[]): string {
  return `# proto4 completion bash
_proto4() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="" at="" word i
  COMPREPLY=()
  if [ "$COMP_CWORD" -gt 0 ]; then prev="\${COMP_WORDS[COMP_CWORD-1]}"; fi
  # --flag=value comes as three words.
  if [ "$cur" = "=" ]; then
    cur=""
  elif [ "$prev" = "=" ] && [ "$COMP_CWORD" -gt 1 ]; then
    prev="\${COMP_WORDS[COMP_CWORD-2]}"
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    case "$at $word" in
      ${alternatives(commands.filter(({ path }) => path !== "").map(({ path }) => ` ${path}`))}) at="$at $word" ;;
    esac
  done
  case "$at $prev" in
${flagsWith(commands)
  .map(
    ({ keys, choices }) =>
      `    ${alternatives(keys)}) COMPREPLY=($(compgen -W "${choices.join(" ")}" -- "$cur")); return ;;`,
  )
  .join("\n")}
    ${alternatives(freeFlags(commands))}) return ;;
  esac
  local words="" options=""
  case "$at" in
${commands.map(wordsOf).join("\n")}
  esac
  case "$cur" in
    -*) COMPREPLY=($(compgen -W "$options" -- "$cur")) ;;
    # Of nothing, bash makes file names.
    *) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
  esac
}
complete -o bashdefault -o default -F _proto4 proto4
`;
}

function wordsOf({ path, words, options }: Described): string {
  const at = path === "" ? "" : ` ${path}`;
  const names = words.map(({ name }) => name).join(" ");
  const flags = options.flatMap((option) => option.flags).join(" ");
  return `    "${at}") words="${names}" options="${flags}" ;;`;
}
