import { alternatives, flagsWith, freeFlags } from "./cases.js";
import type { Described, Named } from "./describe.js";

/** A script to be sourced after compinit, or to lie in a folder of fpath as `_proto4`. */
export function zshScript(commands: readonly Described[]): string {
  return `#compdef proto4
_proto4() {
  local at="" word prev="\${words[CURRENT-1]}" i
  local -a commands options
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    case "$at $word" in
      ${alternatives(commands.filter(({ path }) => path !== "").map(({ path }) => ` ${path}`))}) at="$at $word" ;;
    esac
  done
  # --flag=value is one word.
  if [[ "$PREFIX" == --*=* ]]; then
    prev="\${PREFIX%%=*}"
    compset -P '*='
  fi
  case "$at $prev" in
${flagsWith(commands)
  .map(({ keys, choices }) => `    ${alternatives(keys)}) compadd -- ${choices.join(" ")}; return ;;`)
  .join("\n")}
    ${alternatives(freeFlags(commands))}) _files; return ;;
  esac
  case "$at" in
${commands.map(wordsOf).join("\n")}
  esac
  if [[ "$PREFIX" == -* ]]; then
    _describe -o option options
  elif (( \${#commands} )); then
    _describe command commands
  else
    _files
  fi
}
if [[ "\${funcstack[1]}" == _proto4 ]]; then _proto4 "$@"; else compdef _proto4 proto4; fi
`;
}

function wordsOf({ path, words, options }: Described): string {
  const at = path === "" ? "" : ` ${path}`;
  const flags = options.flatMap(({ flags, description }) => flags.map((name) => ({ name, description })));
  return `    "${at}")
      commands=(${words.map(entry).join(" ")})
      options=(${flags.map(entry).join(" ")}) ;;`;
}

function entry({ name, description }: Named): string {
  return `'${`${name.replaceAll(":", "\\\\:")}:${description}`.replaceAll("'", String.raw`'\''`)}'`;
}
