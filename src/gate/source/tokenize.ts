import type { Span } from "./span.js";

/** A piece of a source; between pieces there is nothing but blanks. */
export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
}

type TokenKind = "comment" | "word" | "number" | "string" | "symbol";

/**
 * The pieces of a source, comments among them, in one pass. It takes every text: what no grammar knows is a symbol of
 * one sign, and what does not end goes on to the end of its line, or of the text if it is a block comment.
 * @see https://protobuf.dev/reference/protobuf/proto3-spec/#lexical_elements
 */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let start = skipBlanks(text, 0); start < text.length; ) {
    const [kind, end] = pieceAt(text, start);
    tokens.push({ kind, start, end, text: text.slice(start, end) });
    start = skipBlanks(text, end);
  }
  return tokens;
}

/** The byte order mark that some editors write is a blank like others. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && blanks.has(text[at]!)) at++;
  return at;
}

const blanks: ReadonlySet<string> = new Set([" ", "\t", "\n", "\r", "\v", "\f", "\0", "\ufeff"]);

function pieceAt(text: string, start: number): readonly [TokenKind, number] {
  const sign = text[start]!;
  if (sign === "/" && text[start + 1] === "/") return ["comment", endOfLine(text, start)];
  if (sign === "/" && text[start + 1] === "*") return ["comment", endOfBlock(text, start)];
  if (sign === '"' || sign === "'") return ["string", endOfString(text, start)];
  if (isDigit(sign) || (sign === "." && isDigit(text[start + 1] ?? "")))
    return ["number", match(number, text, start)];
  return isLetter(sign) ? ["word", match(word, text, start)] : ["symbol", start + 1];
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

function endOfBlock(text: string, start: number): number {
  const end = text.indexOf("*/", start + 2);
  return end < 0 ? text.length : end + 2;
}

function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at++) {
    const sign = text[at];
    if (sign === quote) return at + 1;
    if (sign === "\n" || sign === "\r") return at;
    if (sign === "\\" && text[at + 1] !== "\n" && text[at + 1] !== "\r") at++;
  }
  return text.length;
}

function match(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  pattern.exec(text);
  return Math.max(pattern.lastIndex, start + 1);
}

const word = /[A-Za-z_][A-Za-z_0-9]*/y;
/** With a sign only behind an exponent: `1e+5` is one number, `1+5` is none. */
const number = /\.?[0-9](?:[eE][+-]|[0-9A-Za-z_.])*/y;

function isDigit(sign: string): boolean {
  return sign >= "0" && sign <= "9";
}

function isLetter(sign: string): boolean {
  return (sign >= "a" && sign <= "z") || (sign >= "A" && sign <= "Z") || sign === "_";
}
