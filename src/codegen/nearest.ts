import { editDistance } from "../diagnostics/index.js";

/** The candidate that `word` most likely misspells or leaves the prefix of; `undefined` where none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distanceTo(word, candidate) }))
    .toSorted((a, b) => a.distance - b.distance);
  const [best] = ranked;
  return best !== undefined && best.distance <= Math.max(1, word.length / 3) ? best.candidate : undefined;
}

/** Upper and lower case are alike, and a forgotten prefix up to a dot costs nothing. */
function distanceTo(word: string, candidate: string): number {
  const [from, to] = [word.toLowerCase(), candidate.toLowerCase()];
  return Math.min(editDistance(from, to), editDistance(from, to.slice(to.indexOf(".") + 1)));
}
