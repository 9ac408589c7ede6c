import { countBreaks } from "./attach-comments.js";
import type { Declaration, Source } from "./declaration.js";

/** How an author breaks and indents lines. */
export interface Layout {
  readonly newline: "\n" | "\r\n";
  /** One level of indentation. */
  readonly unit: string;
}

export function layoutOf({ text, file }: Source): Layout {
  const first = text.indexOf("\n");
  return { newline: first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n", unit: unitOf(text, file) ?? "  " };
}

/** By the first statement that stands in a body, in a line of its own. */
function unitOf(text: string, home: Declaration): string | undefined {
  for (const child of home.children) {
    const own = indentOf(text, child.start);
    const outer = home.kind === "file" ? "" : indentOf(text, home.start);
    if (home.kind !== "file" && beginsLine(text, child.start) && own.length > outer.length)
      return own.startsWith(outer) ? own.slice(outer.length) : own;
    const inner = unitOf(text, child);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The blanks at the start of the line of an offset. */
export function indentOf(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (end < offset && (text[end] === " " || text[end] === "\t")) end++;
  return text.slice(start, end);
}

export function beginsLine(text: string, offset: number): boolean {
  return lineStart(text, offset) + indentOf(text, offset).length === offset;
}

/** A byte order mark is not part of the first line. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  return offset > 0 && start === 0 && text[0] === "\ufeff" ? 1 : start;
}

/** What a body's statements are indented by. */
export function innerIndent({ text }: Source, home: Declaration, { unit }: Layout): string {
  if (home.kind === "file") return "";
  const child = home.children.find(({ start }) => beginsLine(text, start));
  return child === undefined ? indentOf(text, home.start) + unit : indentOf(text, child.start);
}

/** A statement that is indented by two spaces a level, as the author would have indented it. */
export function indented(statement: string, indent: string, { newline, unit }: Layout): string {
  const lines = statement.replace(/\n+$/, "").split(/\r?\n/);
  const shifted = lines.map((line) => {
    const [, levels = "", rest = ""] = /^((?: {2})*)(.*)$/.exec(line) ?? [];
    return rest === "" ? "" : indent + unit.repeat(levels.length / 2) + rest;
  });
  return shifted.join(newline);
}

/** The first offset from here on that is no blank; line breaks are blanks only if that is said. */
export function skipBlanks(text: string, offset: number, breaks = false): number {
  let at = offset;
  while (at < text.length && (text[at] === " " || text[at] === "\t" || (breaks && /[\r\n]/.test(text[at]!))))
    at++;
  return at;
}

/** The end of what is no blank before an offset, in its line or in any. */
export function trimmedEnd(text: string, offset: number, breaks = false): number {
  let at = offset;
  while (
    at > 0 &&
    (text[at - 1] === " " || text[at - 1] === "\t" || (breaks && /[\r\n]/.test(text[at - 1]!)))
  )
    at--;
  return at;
}

/** Whether nothing but blanks follows in the line. */
export function endsLine(text: string, offset: number): boolean {
  const at = skipBlanks(text, offset);
  return at === text.length || text[at] === "\n" || text[at] === "\r";
}

/** Whether an empty line follows right behind a statement. */
export function hasBlankBehind(text: string, offset: number): boolean {
  return countBreaks(text, offset, skipBlanks(text, offset, true)) > 1;
}

/** Whether an empty line, and maybe comments, stands between two statements. */
export function hasBlankBetween(text: string, start: number, end: number): boolean {
  return /\n[ \t\r]*\n/.test(text.slice(start, end));
}
