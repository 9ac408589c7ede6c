/**
 * The numbers of files as runs of consecutive ones, flattened: first, how many, first, how many. A version that
 * changes one file of thousands needs three.
 */
export function toRuns(numbers: readonly number[]): readonly number[] {
  const runs: number[] = [];
  for (const number of numbers) {
    const [first, count] = runs.slice(-2);
    if (first !== undefined && first + count! === number) runs[runs.length - 1] = count! + 1;
    else runs.push(number, 1);
  }
  return runs;
}

/**
 * @param files what the numbers are of
 * @returns `undefined` when a run leads out of the files, or names one twice
 */
export function followRuns<T>(runs: readonly number[], files: readonly T[]): readonly T[] | undefined {
  const taken = new Uint8Array(files.length);
  const list: T[] = [];
  for (let at = 0; at < runs.length; at += 2) {
    const first = runs[at]!;
    const count = runs[at + 1] ?? 0;
    if (count < 1 || first + count > files.length) return undefined;
    for (let number = first; number < first + count; number++) {
      if (taken[number] !== 0) return undefined;
      taken[number] = 1;
      list.push(files[number]!);
    }
  }
  return list;
}
