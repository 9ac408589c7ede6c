import type { Declaration } from "./declaration.js";
import { beginsLine, endsLine, lineStart, skipBlanks, trimmedEnd } from "./layout.js";
import type { Span } from "./span.js";
import type { TextEdit } from "./text-edit.js";

/** Takes statements out of a body, each with its comments; with its lines, if it has them for itself. */
export function removeStatements(
  text: string,
  children: readonly Declaration[],
  removed: ReadonlySet<Declaration>,
): readonly TextEdit[] {
  return runsOf(children, removed).map((run) => removeRun(text, run));
}

/** Statements that stand together. */
interface Run {
  readonly first: Declaration;
  readonly last: Declaration;
}

function runsOf(children: readonly Declaration[], removed: ReadonlySet<Declaration>): readonly Run[] {
  const runs: { first: Declaration; last: Declaration }[] = [];
  children.forEach((child, index) => {
    if (!removed.has(child)) return;
    const before = children[index - 1];
    if (before !== undefined && runs.at(-1)?.last === before) runs.at(-1)!.last = child;
    else runs.push({ first: child, last: child });
  });
  return runs;
}

function removeRun(text: string, { first, last }: Run): TextEdit {
  const [start, end] = [first.whole.start, last.whole.end];
  if (beginsLine(text, start) && endsLine(text, end)) return { ...linesOf(text, start, end), text: "" };
  if (beginsLine(text, start)) return { start, end: skipBlanks(text, end), text: "" };
  return { start: trimmedEnd(text, start), end, text: "" };
}

/** With the empty line above, where another one follows, or nothing. */
function linesOf(text: string, start: number, end: number): Span {
  const line = lineStart(text, start);
  const next = behindBreak(text, end);
  const below = skipBlanks(text, next, true);
  const isLast = below === text.length || text[below] === "}";
  const above = aboveBlankLines(text, line);
  const isSpaced = isLast || lineStart(text, below) > next;
  if (above < line && isSpaced) return { start: above, end: next };
  // At the top of a body there is nothing for an empty line to part.
  const isTop = text[trimmedEnd(text, line, true) - 1] === "{";
  return { start: line, end: isTop && !isLast ? lineStart(text, below) : next };
}

/** Behind the break that ends the line. */
function behindBreak(text: string, offset: number): number {
  const at = text.indexOf("\n", offset);
  return at < 0 ? text.length : at + 1;
}

/** The start of the empty lines that end at the start of a line. */
function aboveBlankLines(text: string, line: number): number {
  let start = line;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (above === start || text.slice(above, start).trim() !== "") break;
    start = above;
  }
  return start;
}
