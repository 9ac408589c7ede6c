import { editDistance } from "../../diagnostics/index.js";

/** The words in the order of how few letters must change to make them `word`; of equals, the earlier first. */
export function nearestFirst(word: string, words: readonly string[]): readonly string[] {
  const distances = new Map(words.map((other) => [other, editDistance(word, other)]));
  return words.toSorted((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0));
}

/**
 * The word that may be meant: one that differs by few letters, else the shortest that has `word` in it, whatever the
 * case. A word that nobody can have meant helps nobody: then there is none.
 */
export function maybeMeant(word: string, words: readonly string[]): string | undefined {
  // What is too long is no slip of the finger, and to compare it would take its time.
  const wanted = word.slice(0, 100).toUpperCase();
  const [nearest] = nearestFirst(wanted, words);
  if (nearest !== undefined && editDistance(wanted, nearest.toUpperCase()) * 3 <= wanted.length)
    return nearest;
  const holding = words.filter((other) => wanted.length > 2 && other.toUpperCase().includes(wanted));
  return holding.toSorted((a, b) => a.length - b.length)[0];
}
