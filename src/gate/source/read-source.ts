import { attachComments } from "./attach-comments.js";
import { classify, type Shape } from "./classify.js";
import { type Cursor, goDeeper, openCursor, peek, readNested } from "./cursor.js";
import type { Declaration, DeclarationKind, Source } from "./declaration.js";
import { readBracketOptions, readOption } from "./read-options.js";
import { spanOf, textOf } from "./span.js";
import { type Token, tokenize } from "./tokenize.js";

/**
 * Reads a source without losing a sign of it. What is not well-formed is read as something "other", so that the rest
 * can be found still; to judge it is a compiler's business.
 * @throws Proto4Error "source-malformed" when bodies are nested deeper than any compiler takes
 */
export function readSource(text: string, path?: string): Source {
  const tokens = tokenize(text);
  const cursor = openCursor(text, tokens, path);
  const first = peek(cursor);
  const file = { start: 0, end: text.length };
  const children = readStatements(cursor, "file", undefined);
  return {
    ...{ text, tokens, package: cursor.package },
    isEdition: first?.text === "edition",
    file: {
      ...file,
      ...{ kind: "file", fullName: "", groupName: undefined, whole: file, body: file, children },
      ...{ head: { start: 0, end: 0 }, words: [], brackets: undefined, options: [] },
    },
  };
}

/**
 * Reads statements as they would stand in a body of `parent`.
 * @param scope the full name that theirs begin with
 */
export function readStatementsOf(
  text: string,
  parent: DeclarationKind,
  scope: string,
): readonly Declaration[] {
  const cursor = openCursor(text, tokenize(text), undefined);
  cursor.package = scope;
  return readStatements(cursor, parent, scope);
}

/** @param scope that of names; `undefined` in a file, whose package is known only when it has been read */
function readStatements(cursor: Cursor, parent: DeclarationKind, scope: string | undefined): Declaration[] {
  const found: Declaration[] = [];
  for (let token = peek(cursor); token !== undefined; token = peek(cursor)) {
    if (token.text === "}" && parent !== "file") break;
    // Empty statements, and braces that close nothing, are nobody's.
    if (token.text === ";" || token.text === "}") cursor.at++;
    else found.push(readStatement(cursor, parent, scope ?? cursor.package));
  }
  return found;
}

function readStatement(cursor: Cursor, parent: DeclarationKind, scope: string): Declaration {
  const first = cursor.at;
  const { words, brackets } = readHead(cursor);
  const opens = peek(cursor)?.text === "{";
  const shape = classify(parent, words, opens);
  if (shape.kind === "package") cursor.package = joined(words.slice(1));
  const names = namesOf(cursor.text, shape, scope);
  const body = opens ? readBody(cursor, shape.kind, names.inner) : undefined;
  if (!opens && peek(cursor)?.text === ";") cursor.at++;
  const [start, last] = [cursor.indexes[first]!, cursor.indexes[cursor.at - 1]!];
  const option = shape.kind === "option" ? readOption(words.slice(1)) : undefined;
  return {
    ...{ ...shape, words },
    ...{
      fullName: names.fullName,
      groupName: names.groupName,
      children: body?.children ?? [],
      body: body?.body,
    },
    ...{ start: cursor.all[start]!.start, end: cursor.all[last]!.end },
    whole: attachComments(cursor.text, cursor.all, start, last),
    head: spanOf(words)!,
    brackets: spanOf(brackets),
    options: option === undefined ? readBracketOptions(brackets.slice(1, -1)) : [option],
  };
}

/** What stands before semicolon or body; brackets apart, but where they are in an option's value. */
function readHead(cursor: Cursor): { readonly words: readonly Token[]; readonly brackets: readonly Token[] } {
  const words: Token[] = [];
  let brackets: readonly Token[] = [];
  let [isOption, isValue] = [false, false];
  for (let token = peek(cursor); token !== undefined; token = peek(cursor)) {
    const isNested = words.length > 0 && (token.text === "[" || (isValue && token.text === "{"));
    if (words.length > 0 && !isNested && ends.has(token.text)) break;
    const piece = isNested ? readNested(cursor) : [token];
    if (!isNested) cursor.at++;
    if (isNested && !isValue) brackets = piece;
    else for (const word of piece) words.push(word);
    if (words.length === 1) isOption = token.text === "option";
    isValue ||= isOption && token.text === "=" && words.length > 2;
  }
  return { words, brackets };
}

const ends: ReadonlySet<string> = new Set([";", "{", "}"]);

/** With its braces; one that is not closed ends where the text does. */
function readBody(cursor: Cursor, kind: DeclarationKind, scope: string) {
  const open = peek(cursor)!;
  goDeeper(cursor);
  const children = readStatements(cursor, kind === "file" ? "other" : kind, scope);
  const close = peek(cursor);
  cursor.depth--;
  if (close !== undefined) cursor.at++;
  return { children, body: { start: open.end, end: close?.start ?? cursor.text.length } };
}

/** `inner` is what names in its body begin with: fields of a oneof, and values of an enum, stand beside it. */
function namesOf(text: string, { kind, name }: Shape, scope: string) {
  if (name === undefined) return { fullName: "", groupName: undefined, inner: scope };
  const full = within(scope, textOf(text, name));
  if (kind === "group")
    return { fullName: within(scope, textOf(text, name).toLowerCase()), groupName: full, inner: full };
  const isBeside = kind === "oneof" || kind === "enum";
  return { fullName: full, groupName: undefined, inner: isBeside ? scope : full };
}

function within(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}

function joined(words: readonly Token[]): string {
  return words.map(({ text }) => text).join("");
}
