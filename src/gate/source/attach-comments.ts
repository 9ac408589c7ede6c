import type { Span } from "./span.js";
import type { Token } from "./tokenize.js";

/**
 * A statement with the comments that are its own: those right above it, up to a blank line, and those behind it in its
 * line, unless another statement follows in that line.
 * @param first index of its first token
 * @param last index of its last token
 */
export function attachComments(text: string, tokens: readonly Token[], first: number, last: number): Span {
  return { start: leadOf(text, tokens, first), end: trailOf(text, tokens, last) };
}

function leadOf(text: string, tokens: readonly Token[], first: number): number {
  let start = tokens[first]!.start;
  for (let index = first - 1; tokens[index]?.kind === "comment"; index--) {
    const { start: above, end } = tokens[index]!;
    const breaks = countBreaks(text, end, start);
    const isOwn = breaks === 0 || (breaks === 1 && standsAlone(text, tokens[index - 1], above));
    if (!isOwn) break;
    start = above;
  }
  return start;
}

/** What follows something else in its line is about that. */
function standsAlone(text: string, before: Token | undefined, start: number): boolean {
  return before === undefined || countBreaks(text, before.end, start) > 0;
}

function trailOf(text: string, tokens: readonly Token[], last: number): number {
  let end = tokens[last]!.end;
  let index = last + 1;
  for (; tokens[index]?.kind === "comment"; index++) {
    const { start, end: until } = tokens[index]!;
    if (countBreaks(text, end, start) > 0) return end;
    end = until;
  }
  const next = tokens[index];
  const isLast = next === undefined || next.text === "}" || countBreaks(text, end, next.start) > 0;
  return isLast ? end : tokens[last]!.end;
}

/** Line breaks between two offsets; more than two are not told apart. */
export function countBreaks(text: string, start: number, end: number): 0 | 1 | 2 {
  let breaks: 0 | 1 | 2 = 0;
  for (let at = start; at < end && breaks < 2; at++) if (text[at] === "\n") breaks = breaks === 0 ? 1 : 2;
  return breaks;
}
