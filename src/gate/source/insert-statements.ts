import type { BodyChange } from "./body-change.js";
import type { Declaration } from "./declaration.js";
import type { Editing, Placement } from "./draft.js";
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

/** Brings statements into a body at one place, in lines of their own. */
export function insertStatements(
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
