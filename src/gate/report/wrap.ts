import type { Paint, Style } from "./paint.js";
import { widthOf } from "./source/cells.js";

/** A part of a line that is shown in one way. */
export interface Piece {
  readonly style: Style;
  readonly text: string;
}

/** How long lines are, and what stands before those that a line is continued on. */
export interface Margins {
  /** `undefined` for lines of any length. */
  readonly width: number | undefined;
  readonly indent: number;
}

/**
 * Breaks a line between words. A word stays whole, and sticks out where it must: paths and names are there to be
 * copied.
 */
export function wrap(
  pieces: readonly Piece[],
  { width = Infinity, indent }: Margins,
  paint: Paint,
): readonly string[] {
  const lines: string[] = [];
  let [line, column] = ["", 0];
  for (const { style, gap, text } of pieces.flatMap(toWords)) {
    const taken = widthOf(text);
    if (column > indent && column + gap.length + taken > width && text !== "") {
      lines.push(line);
      [line, column] = [`${" ".repeat(indent)}${paint(style, text)}`, indent + taken];
    } else {
      line += `${gap}${paint(style, text)}`;
      column += gap.length + taken;
    }
  }
  return [...lines, line];
}

interface Word {
  readonly style: Style;
  /** The spaces before it. */
  readonly gap: string;
  readonly text: string;
}

function toWords({ style, text }: Piece): readonly Word[] {
  return [...text.matchAll(/( *)([^ ]*)/g)]
    .filter(([whole]) => whole !== "")
    .map(([, gap = "", word = ""]) => ({ style, gap, text: word }));
}
