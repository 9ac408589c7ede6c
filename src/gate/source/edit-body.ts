import type { Declaration } from "./declaration.js";
import type { Editing, Placement } from "./draft.js";
import { editLine } from "./edit-line.js";
import {
  beginsLine,
  endsLine,
  hasBlankBehind,
  indented,
  indentOf,
  innerIndent,
  lineStart,
  skipBlanks,
} from "./layout.js";
import { needsBlankLine } from "./spacing.js";
import type { TextEdit } from "./text-edit.js";

/** The statements of one body that come and go. */
export interface BodyChange {
  readonly home: Declaration;
  readonly placed: readonly Placement[];
  readonly removed: ReadonlySet<Declaration>;
}

/** Brings statements into a body and takes others out of it, with their lines. A body in one line is opened for that. */
export function editBody(change: BodyChange, editing: Editing): readonly TextEdit[] {
  const { home, removed, placed } = change;
  const { text } = editing.source;
  const isOpen = home.kind === "file" || text.slice(home.body!.start, home.body!.end).includes("\n");
  if (!isOpen && placed.length > 0) return editLine(change, editing);
  const gone = runsOf(home.children, removed).map((run) => removeRun(text, run));
  const anchors = new Map<Declaration | "top" | "end", Placement[]>();
  for (const placement of placed) {
    const anchor = standingAnchor(placement.behind, change);
    anchors.set(anchor, [...(anchors.get(anchor) ?? []), placement]);
  }
  return [
    ...gone,
    ...[...anchors].map(([anchor, placements]) => insertAt(anchor, placements, change, editing)),
  ];
}

/** What leaves is nothing to stand behind, but what stands before it is. */
export function standingAnchor(
  behind: Placement["behind"],
  { home, removed }: BodyChange,
): Placement["behind"] {
  const { children } = home;
  if (behind === "top") return children.length === 0 ? "end" : "top";
  const index = behind === "end" ? children.length - 1 : children.indexOf(behind);
  const before = children.slice(0, index + 1).findLast((child) => !removed.has(child));
  return before ?? (behind === "end" || removed.size === children.length ? "end" : "top");
}

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

/** With the empty line above, where another one follows, or nothing. */
function removeRun(text: string, { first, last }: Run): TextEdit {
  const [start, end] = [first.whole.start, last.whole.end];
  if (!beginsLine(text, start) || !endsLine(text, end)) {
    let from = start;
    while (text[from - 1] === " " || text[from - 1] === "\t") from--;
    return {
      start: beginsLine(text, start) ? start : from,
      end: beginsLine(text, start) ? skipBlanks(text, end) : end,
      text: "",
    };
  }
  const line = lineStart(text, start);
  const next = behindBreak(text, end);
  const below = skipBlanks(text, next, true);
  const isLast = below === text.length || text[below] === "}";
  const above = aboveBlankLines(text, line);
  const isSpaced = isLast || (next < text.length && lineStart(text, below) > next);
  if (above < line && isSpaced) return { start: above, end: next, text: "" };
  // At the top of a body there is nothing for an empty line to part.
  const isTop = text.slice(0, line).trimEnd().endsWith("{");
  return { start: line, end: isTop && !isLast ? lineStart(text, below) : next, text: "" };
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

function insertAt(
  anchor: Placement["behind"],
  placements: readonly Placement[],
  change: BodyChange,
  editing: Editing,
): TextEdit {
  const { home, removed } = change;
  const standing = home.children.filter((child) => !removed.has(child));
  if (anchor === "end") return insertAlone(placements, home, editing);
  if (anchor === "top") return insertFirst(placements, home, standing, editing);
  return insertBehind(anchor, placements, home, editing);
}

function insertBehind(
  anchor: Declaration,
  placements: readonly Placement[],
  home: Declaration,
  editing: Editing,
): TextEdit {
  const { source, layout } = editing;
  const { text } = source;
  const indent = innerIndent(source, home, layout);
  const start = behindEmpty(text, anchor.whole.end);
  const next = home.children[home.children.indexOf(anchor) + 1];
  const parts = placements.map((placement, index) => {
    const before = placements[index - 1] ?? anchor;
    const gap = needsBlankLine(before, placement, anchor, home, source) ? layout.newline : "";
    return layout.newline + gap + indented(placement.statement, indent, layout);
  });
  const last = placements.at(-1)!;
  const isTight = next !== undefined && !hasBlankBehind(text, anchor.whole.end);
  const spaced = isTight && needsBlankLine(last, next, anchor, home, source) ? layout.newline : "";
  if (endsLine(text, start)) return { start, end: start, text: parts.join("") + spaced };
  const outer = next === undefined ? indentOf(text, home.start) : indent;
  return { start, end: skipBlanks(text, start), text: parts.join("") + layout.newline + outer };
}

/** Empty statements in the same line stay with what stands before them. */
function behindEmpty(text: string, offset: number): number {
  const at = skipBlanks(text, offset);
  return text[at] === ";" ? behindEmpty(text, at + 1) : offset;
}

/** At the top of a body that has statements. */
function insertFirst(
  placements: readonly Placement[],
  home: Declaration,
  standing: readonly Declaration[],
  { source, layout }: Editing,
): TextEdit {
  const { text } = source;
  const { newline } = layout;
  const indent = innerIndent(source, home, layout);
  const lines = placements.map(({ statement }) => indented(statement, indent, layout));
  const next = standing[0];
  const gap = next !== undefined && next.kind !== placements.at(-1)!.kind ? newline : "";
  if (home.kind === "file") {
    const start = next?.whole.start ?? text.length;
    return { start, end: start, text: lines.map((line) => line + newline).join("") + gap };
  }
  const start = behindBrace(text, home.body!.start);
  const broken = lines.map((line) => newline + line).join("");
  if (endsLine(text, start)) {
    const isSpaced = hasBlankBehind(text, start);
    return { start, end: start, text: broken + (isSpaced ? "" : gap) };
  }
  return { start, end: skipBlanks(text, start), text: broken + gap + newline + indent };
}

/** Comments behind a brace, in its line, are about what it opens. */
function behindBrace(text: string, offset: number): number {
  behind.lastIndex = offset;
  const match = behind.exec(text);
  return match === null ? offset : offset + match[0].trimEnd().length;
}

const behind = /(?:[ \t]*\/\*(?:(?!\*\/)[^\n])*\*\/)*[ \t]*(?:\/\/[^\r\n]*)?(?=\r?\n)/y;

/** Into a body without statements, behind the comments in it. */
function insertAlone(
  placements: readonly Placement[],
  home: Declaration,
  { source, layout }: Editing,
): TextEdit {
  const { text } = source;
  const { newline } = layout;
  const indent = innerIndent(source, home, layout);
  const lines = placements.map(({ statement }) => indented(statement, indent, layout) + newline).join("");
  const { end } = home.body!;
  const start = lineStart(text, end);
  if (beginsLine(text, end)) return { start, end: start, text: lines };
  const outer = home.kind === "file" ? "" : indentOf(text, home.start);
  return { start: end, end, text: newline + lines + outer };
}
