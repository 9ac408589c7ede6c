import type { Finding } from "../../../rules/index.js";
import type { ReportContext } from "../report-context.js";
import { artifactAt } from "./places.js";

/**
 * What tells the edits that meet a finding, as one fix; nothing where there are none. The lines of a text are counted
 * once, since thousands may be found in it.
 */
export function fixTeller({ edits, fromRoot }: ReportContext) {
  const known = new Map<string, PositionAt>();
  const positionsIn = (text: string): PositionAt => {
    const at = known.get(text) ?? positions(text);
    known.set(text, at);
    return at;
  };
  return (finding: Finding) => {
    const files = edits?.(finding).filter((file) => file.edits.length > 0) ?? [];
    if (files.length === 0) return {};
    const artifactChanges = files.map((file) => ({
      artifactLocation: artifactAt(file.path, fromRoot),
      replacements: file.edits.map(({ start, end, text }) => ({
        deletedRegion: toRegion(positionsIn(file.text), start, end),
        insertedContent: { text },
      })),
    }));
    return { fixes: [{ description: { text: "What proto4 check --fix would write." }, artifactChanges }] };
  };
}

function toRegion(at: PositionAt, start: number, end: number) {
  const [[startLine, startColumn], [endLine, endColumn]] = [at(start), at(end)];
  return { startLine, startColumn, endLine, endColumn };
}

type PositionAt = (offset: number) => readonly [line: number, column: number];

/** Line and column of an offset, from 1. A mark of the encoding takes no column. */
function positions(text: string): PositionAt {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const mark = text.startsWith("\ufeff") ? 1 : 0;
  return (offset) => {
    const line = lastUpTo(starts, offset);
    const column = offset - starts[line]! + 1;
    return [line + 1, line === 0 && offset > 0 ? column - mark : column];
  };
}

/** The index of the last start that is not behind an offset. */
function lastUpTo(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
