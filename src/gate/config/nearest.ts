/** The words in the order of how few letters must change to make them `word`; of equals, the earlier first. */
export function nearestFirst(word: string, words: readonly string[]): readonly string[] {
  const distances = new Map(words.map((other) => [other, distance(word, other)]));
  return words.toSorted((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0));
}

/** Letters added, dropped or replaced. @see https://en.wikipedia.org/wiki/Levenshtein_distance */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let line = 1; line <= from.length; line++) {
    const above = row;
    row = [line];
    for (let column = 1; column <= to.length; column++) {
      const same = from[line - 1] === to[column - 1] ? 0 : 1;
      const replaced = (above[column - 1] ?? 0) + same;
      row.push(Math.min(replaced, (above[column] ?? 0) + 1, (row[column - 1] ?? 0) + 1));
    }
  }
  return row[to.length] ?? 0;
}
