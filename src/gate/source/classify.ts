import type { DeclarationKind, HeadParts } from "./declaration.js";
import { spanOf } from "./span.js";
import type { Token } from "./tokenize.js";

/** What the head of a statement says. */
export interface Shape extends Partial<HeadParts> {
  readonly kind: DeclarationKind;
}

/**
 * Tells what a statement is.
 * @param words its head without comments
 * @param opens whether a body follows
 */
export function classify(parent: DeclarationKind, words: readonly Token[], opens: boolean): Shape {
  const [first, second] = words.map(({ text }) => text);
  if (first === "option" && second !== "=") return { kind: "option" };
  if (parent === "enum")
    return first === "reserved" && second !== "=" ? { kind: "reserved" } : valueShape(words);
  if (first === "rpc" && parent === "service") return methodShape(words);
  const equals = words.findIndex(({ text }) => text === "=");
  if (parent === "file" && first !== undefined && fileWords[first] !== undefined && !opens)
    return { kind: fileWords[first] };
  if (equals < 0 && opens) return blockShape(words);
  if (equals < 0 && (first === "reserved" || first === "extensions")) return { kind: first };
  return equals < 1 ? { kind: "other" } : fieldShape(words, equals, opens);
}

const fileWords: Readonly<Record<string, DeclarationKind>> = {
  import: "import",
  package: "package",
  syntax: "syntax",
  edition: "syntax",
};

function blockShape(words: readonly Token[]): Shape {
  const start = words[0]?.text === "export" || words[0]?.text === "local" ? 1 : 0;
  const [keyword, name] = words.slice(start);
  if (keyword?.text === "extend" && name !== undefined)
    return { kind: "extend", type: spanOf(words.slice(start + 1)) };
  const kind = blocks[keyword?.text ?? ""];
  return kind === undefined || name?.kind !== "word" ? { kind: "other" } : { kind, name };
}

const blocks: Readonly<Record<string, DeclarationKind>> = {
  message: "message",
  enum: "enum",
  oneof: "oneof",
  service: "service",
};

function valueShape(words: readonly Token[]): Shape {
  const [name, equals] = words;
  if (name?.kind !== "word" || equals?.text !== "=") return { kind: "other" };
  return { kind: "enum-value", name, number: spanOf(words.slice(2)) };
}

function fieldShape(words: readonly Token[], equals: number, opens: boolean): Shape {
  const name = words[equals - 1]!;
  const type = words.slice(0, equals - 1);
  if (name.kind !== "word" || type.length === 0) return { kind: "other" };
  const kind = opens && type.at(-1)?.text === "group" ? "group" : "field";
  return { kind, name, type: spanOf(type), number: spanOf(words.slice(equals + 1)) };
}

function methodShape(words: readonly Token[]): Shape {
  const [, name] = words;
  const opens = words.flatMap(({ text }, index) => (text === "(" ? [index] : []));
  const closes = words.flatMap(({ text }, index) => (text === ")" ? [index] : []));
  if (name?.kind !== "word" || opens.length !== 2 || closes.length !== 2) return { kind: "other" };
  const part = (index: number) => spanOf(words.slice(opens[index]! + 1, closes[index]!));
  return { kind: "method", name, input: part(0), output: part(1) };
}
