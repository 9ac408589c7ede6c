import { type ErrorLocation, Proto4Error } from "../../diagnostics/index.js";
import type { Token } from "./tokenize.js";

/** How far a source has been read. */
export interface Cursor {
  readonly text: string;
  readonly path: string | undefined;
  /** Comments included. */
  readonly all: readonly Token[];
  /** Indexes in `all` of what is no comment. */
  readonly indexes: readonly number[];
  at: number;
  depth: number;
  /** In which names are, once it has been read. */
  package: string;
}

export function openCursor(text: string, all: readonly Token[], path: string | undefined): Cursor {
  const indexes = all.flatMap(({ kind }, index) => (kind === "comment" ? [] : [index]));
  return { text, path, all, indexes, at: 0, depth: 0, package: "" };
}

export function peek({ all, indexes, at }: Cursor): Token | undefined {
  return all[indexes[at] ?? -1];
}

/** From a bracket or brace to the one that closes it. */
export function readNested(cursor: Cursor): readonly Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  for (let token = peek(cursor); token !== undefined; token = peek(cursor)) {
    tokens.push(token);
    cursor.at++;
    if (token.text === "{" || token.text === "[") depth++;
    if (token.text === "}" || token.text === "]") depth--;
    if (depth === 0) break;
  }
  return tokens;
}

/**
 * Goes behind the brace that opens a body.
 * @throws Proto4Error "source-malformed" when that is deeper than any compiler goes
 */
export function goDeeper(cursor: Cursor): void {
  const open = peek(cursor)!;
  if (++cursor.depth > DEEPEST) throw tooDeep(cursor, open);
  cursor.at++;
}

/** Descriptors that are deeper cannot be decoded. */
const DEEPEST = 100;

function tooDeep({ text, path }: Cursor, { start }: Token): Proto4Error {
  const line = text.slice(0, start).split("\n");
  const [startLine, startColumn] = [line.length, line.at(-1)!.length + 1];
  const location: ErrorLocation | undefined =
    path === undefined
      ? undefined
      : { path, startLine, startColumn, endLine: startLine, endColumn: startColumn + 1 };
  return new Proto4Error(
    "source-malformed",
    `bodies are nested more than ${DEEPEST} deep here, which no compiler takes; declare some of them at the top`,
    { location },
  );
}
