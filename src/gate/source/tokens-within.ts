import type { Source } from "./declaration.js";
import type { Span } from "./span.js";
import type { Token } from "./tokenize.js";

export type { Token } from "./tokenize.js";

/** The tokens of a stretch, comments included. */
export function tokensWithin({ tokens }: Source, { start, end }: Span): readonly Token[] {
  return tokens.slice(firstFrom(tokens, start), firstFrom(tokens, end));
}

/** The index of the first token that starts there or later. */
function firstFrom(tokens: readonly Token[], offset: number): number {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens[middle]!.start < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
