import { editDistance } from "../../diagnostics/index.js";

/** The words in the order of how few letters must change to make them `word`; of equals, the earlier first. */
export function nearestFirst(word: string, words: readonly string[]): readonly string[] {
  const distances = new Map(words.map((other) => [other, editDistance(word, other)]));
  return words.toSorted((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0));
}
