import type { Span } from "./span.js";

/** What replaces a stretch of a text. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** A text with edits made, which must be in order and may not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text: part } of edits) {
    parts.push(text.slice(at, start), part);
    at = end;
  }
  return parts.join("") + text.slice(at);
}

/** Edits in the order of the text; of two at one place the one that takes nothing away comes first. */
export function inOrder<E extends Span>(edits: readonly E[]): readonly E[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
}
