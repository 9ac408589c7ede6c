import type { OptionPlace } from "./declaration.js";
import { spanOf } from "./span.js";
import type { Token } from "./tokenize.js";

/**
 * The fields that an option's value sets, if it is a message.
 * @param tokens of the value, braces included, without comments
 * @see https://protobuf.dev/reference/protobuf/textformat-spec/
 */
export function readAggregate(tokens: readonly Token[]): readonly OptionPlace[] | undefined {
  if (tokens[0]?.text !== "{" && tokens[0]?.text !== "<") return undefined;
  if (!closing.has(tokens.at(-1)?.text ?? "")) return undefined;
  const fields: OptionPlace[] = [];
  for (let at = 1; at < tokens.length - 1; ) {
    const nameEnd = tokens[at]!.text === "[" ? endOfNested(tokens, at) : at + 1;
    const valueStart = tokens[nameEnd]?.text === ":" ? nameEnd + 1 : nameEnd;
    const valueEnd = endOfValue(tokens, valueStart);
    const [name, value] = [tokens.slice(at, nameEnd), tokens.slice(valueStart, valueEnd)];
    const [span, place] = [spanOf([...name, ...value]), spanOf(value)];
    if (span === undefined || place === undefined) return undefined;
    fields.push({ ...span, path: [name.map(({ text }) => text).join("")], value: place, tokens: value });
    at = separators.has(tokens[valueEnd]?.text ?? "") ? valueEnd + 1 : valueEnd;
  }
  return fields;
}

const separators: ReadonlySet<string> = new Set([",", ";"]);

function endOfValue(tokens: readonly Token[], start: number): number {
  const first = tokens[start];
  if (first === undefined || start >= tokens.length - 1) return start;
  if (opening.has(first.text)) return endOfNested(tokens, start);
  let end = start + (first.text === "-" ? 2 : 1);
  // Adjacent strings are one.
  if (first.kind === "string") while (tokens[end]?.kind === "string") end++;
  return Math.min(end, tokens.length - 1);
}

function endOfNested(tokens: readonly Token[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    if (opening.has(tokens[at]!.text)) depth++;
    if (closing.has(tokens[at]!.text) && --depth === 0) return at + 1;
  }
  return tokens.length;
}

const opening: ReadonlySet<string> = new Set(["{", "[", "<"]);
const closing: ReadonlySet<string> = new Set(["}", "]", ">"]);
