import type { OptionPlace } from "./declaration.js";
import { spanOf } from "./span.js";
import type { Token } from "./tokenize.js";

/** What stands between brackets. @param tokens without the brackets and without comments */
export function readBracketOptions(tokens: readonly Token[]): readonly OptionPlace[] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (opening.has(token.text)) depth++;
    if (closing.has(token.text)) depth--;
    if (depth <= 0 && token.text === ",") parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.flatMap((part) => readOption(part) ?? []);
}

const opening: ReadonlySet<string> = new Set(["{", "[", "<"]);
const closing: ReadonlySet<string> = new Set(["}", "]", ">"]);

/** `name = value`; `undefined` if it is not of that form. */
export function readOption(tokens: readonly Token[]): OptionPlace | undefined {
  const equals = tokens.findIndex(({ text }) => text === "=");
  const value = tokens.slice(equals + 1);
  const [span, place] = [spanOf(tokens), spanOf(value)];
  if (equals < 1 || span === undefined || place === undefined) return undefined;
  const path = optionPath(tokens.slice(0, equals));
  return { ...span, path, value: place, tokens: value };
}

/** The parts of an option's name: what is in parentheses is one of them. */
export function optionPath(tokens: readonly Token[]): readonly string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const { text } of tokens) {
    if (text === "(") depth++;
    if (text === ")") depth--;
    if (text === "." && depth === 0) parts.push("");
    else parts.push(parts.pop() + text);
  }
  return parts;
}
