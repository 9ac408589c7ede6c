import { type Element, fileOf, locate } from "../../schema/index.js";

/** A statement's options in brackets: a line each where they do not fit into one. */
export function bracketed(head: string, options: readonly string[]): string {
  if (options.length === 0) return head;
  const line = `${head} [${options.join(", ")}]`;
  return line.length <= WIDTH ? line : `${head} [\n${indent(options.join(",\n"))}\n]`;
}

/** A body with a statement a line, or several; an empty one stays in its line. */
export function block(head: string, statements: readonly string[]): string {
  return statements.length === 0 ? `${head} {}` : `${head} {\n${indent(statements.join("\n"))}\n}`;
}

function indent(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

/** A statement with the comments that its element has: that above it, and what stood behind it. */
export function commented(element: Element, statement: string): string {
  const { sourceInfo } = fileOf(element);
  const above = commentLines(sourceInfo.leadingComment(element.path));
  const behind = commentLines(sourceInfo.trailingComment(element.path));
  const isLine = behind.length === 1 && !statement.includes("\n");
  const first = isLine ? above : [...above, ...behind];
  return [...first, isLine ? `${statement} ${behind[0]}` : statement].join("\n");
}

/** Comments come without their marks, and those in blocks without the blanks behind these. */
function commentLines(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  return text
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => `//${/^[^\s/]/.test(line) ? " " : ""}${line.replace(/\r$/, "")}`.trimEnd());
}

/** In the order of the source, where it has one. */
export function inSourceOrder<E extends Element>(elements: readonly E[]): readonly E[] {
  const placed = elements.map((element) => ({ element, place: locate(element) }));
  return placed
    .toSorted(({ place: a }, { place: b }) =>
      a === undefined || b === undefined ? 0 : a.startLine - b.startLine || a.startColumn - b.startColumn,
    )
    .map(({ element }) => element);
}

/** As long as a line gets. */
const WIDTH = 100;
