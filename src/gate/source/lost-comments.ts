import type { Declaration, Source } from "./declaration.js";
import type { Insert } from "./read-insert.js";
import type { Span } from "./span.js";
import { tokensWithin } from "./tokens-within.js";

/**
 * A comment of a statement that goes to come back elsewhere, and that is not in what comes: compilers keep those above
 * a statement and the one behind it, and those within its options nobody does.
 */
export function lostWithin(
  removed: Declaration,
  inserts: readonly Insert[],
  source: Source,
): string | undefined {
  const coming = inserts.find(({ names }) => removed.fullName !== "" && names.includes(removed.fullName));
  const own = coming === undefined ? undefined : commentIn(removed.whole, source, coming.fix.statement);
  if (own !== undefined || removed.body === undefined) return own;
  for (const child of removed.children) {
    const lost = lostWithin(child, inserts, source);
    if (lost !== undefined) return lost;
  }
  return undefined;
}

/** The first comment in a stretch that another text does not have. */
export function commentIn(span: Span, source: Source, text: string): string | undefined {
  const words = wordsOf(text);
  return tokensWithin(source, span).find(
    (token) => token.kind === "comment" && !words.includes(wordsOf(token.text)),
  )?.text;
}

export function wouldBeLost(comment: string): string {
  const [line = ""] = comment.trim().split("\n", 1);
  return `the comment ${line} would be lost: move it above, into a line of its own`;
}

/** However its lines are broken and marked. */
function wordsOf(text: string): string {
  return text.replace(/[\s/*]+/g, " ").trim();
}
