import type { ErrorLocation } from "../../../diagnostics/index.js";
import { type Cell, toCells } from "./cells.js";

/** A line of a source, and which of its signs a place takes. */
export interface SourceLine {
  readonly number: number;
  readonly cells: readonly Cell[];
  /** The first sign of the place, and the one behind its last. */
  readonly from: number;
  readonly to: number;
}

/** The line at which a place begins; `undefined` where it has no position, or the source no such line. */
export function sourceLine(
  lines: readonly string[] | undefined,
  place: ErrorLocation | undefined,
): SourceLine | undefined {
  if (place?.startLine === undefined) return undefined;
  const line = lines?.[place.startLine - 1];
  if (line === undefined) return undefined;
  const cells = toCells(line);
  const from = cellAt(cells, place.startColumn ?? 1);
  const end = place.endLine === place.startLine ? cellAt(cells, place.endColumn ?? 1) : cells.length;
  return { number: place.startLine, cells, from, to: Math.max(end, from + 1) };
}

/** The lines of a source, without what ends them and what marks its encoding. */
export function toLines(text: string): readonly string[] {
  return text.replace(/^\ufeff/, "").split(/\r?\n/);
}

/** The sign that begins at a column, counted from 1, or the next one. */
function cellAt(cells: readonly Cell[], column: number): number {
  let at = 1;
  const found = cells.findIndex(({ width }) => {
    const isThere = at >= column;
    at += width;
    return isThere;
  });
  return found === -1 ? cells.length : found;
}
