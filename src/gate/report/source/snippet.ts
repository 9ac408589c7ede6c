import { oneLine } from "../../../diagnostics/index.js";
import type { Paint, Style } from "../paint.js";
import { type Cell, sum, widthOf } from "./cells.js";
import type { SourceLine } from "./source-line.js";

/** How much room a snippet has, and how it is shown. */
export interface SnippetStyle {
  /** Columns of a whole line, number included; `undefined` for what a wide window has. */
  readonly width: number | undefined;
  readonly caret: Style;
  readonly paint: Paint;
}

/** The columns before the source: room for the number, and the bar. */
const gutter = 11;

/** A line of a source with its number, and carets below what is meant. */
export function snippet(line: SourceLine, { width = WIDE, caret, paint }: SnippetStyle): readonly string[] {
  const { shown, before, marked } = clip(line, Math.max(width - gutter, 1));
  const bar = paint("aside", `${String(line.number).padStart(gutter - 3)} |`);
  const under = paint("aside", `${" ".repeat(gutter - 3)} |`);
  return [
    `${bar} ${shown}`.trimEnd(),
    `${under} ${" ".repeat(before)}${paint(caret, "^".repeat(Math.max(marked, 1)))}`,
  ];
}

/** The part of the line that fits and has the place in it. */
function clip(line: SourceLine, room: number) {
  const cells = line.cells.map(show);
  const from = sum(cells) <= room ? 0 : firstShown(cells, line.from, room);
  const head = from === 0 ? "" : ELLIPSIS;
  const to = lastShown(cells, from, room - head.length);
  const tail = to < cells.length ? ELLIPSIS : "";
  const text = cells.slice(from, to).map((cell) => cell.text);
  return {
    shown: `${head}${text.join("")}${tail}`,
    before: head.length + sum(cells.slice(from, Math.max(line.from, from))),
    marked: sum(cells.slice(line.from, Math.min(line.to, to))),
  };
}

/** Where a line that is too long begins: with a little of what stands before the place. */
function firstShown(cells: readonly Cell[], place: number, room: number): number {
  let from = place;
  let taken = sum(cells.slice(place));
  const wanted = Math.max(room - Math.min(taken, Math.ceil(room / 2)), 0) - ELLIPSIS.length;
  taken = 0;
  while (from > 0 && taken + cells[from - 1]!.width <= wanted) taken += cells[--from]!.width;
  return from;
}

/** The end of what has room from there on, with one column left for what says that there is more. */
function lastShown(cells: readonly Cell[], from: number, room: number): number {
  if (sum(cells.slice(from)) <= room) return cells.length;
  let to = from;
  let taken = ELLIPSIS.length;
  while (to < cells.length && taken + cells[to]!.width <= room) taken += cells[to++]!.width;
  return to;
}

/** A tab as spaces; what would steer the terminal, as its code. */
function show({ text, width }: Cell): Cell {
  if (text === "\t") return { text: " ".repeat(width), width };
  const harmless = oneLine(text);
  return harmless === text ? { text, width } : { text: harmless, width: widthOf(harmless) };
}

const ELLIPSIS = "…";

/** Where no terminal says how wide it is. */
const WIDE = 160;
