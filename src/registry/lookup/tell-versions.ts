/** Numbers of versions, in a sentence: `1 to 3, 5`. @param seqs the first one first */
export function tellVersions(seqs: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const seq of seqs) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] === seq - 1) run[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)).join(", ");
}
