/** Two lists laid side by side. */
export interface Pairing<T> {
  readonly removed: readonly T[];
  readonly added: readonly T[];
  readonly kept: readonly (readonly [before: T, after: T])[];
}

/**
 * Pairs what has the same key, in the order of the lists; of equal keys on one side the last counts, unless
 * both lists have the same keys all along.
 */
export function pair<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string | number,
): Pairing<T> {
  // Most lists are as they were.
  if (sameKeys(before, after, keyOf))
    return { removed: [], added: [], kept: before.map((item, index) => [item, after[index]!]) };
  const beforeByKey = new Map(Array.from(before, (item) => [keyOf(item), item]));
  const afterByKey = new Map(Array.from(after, (item) => [keyOf(item), item]));
  const removed: T[] = [];
  const kept: [T, T][] = [];
  for (const [key, item] of beforeByKey) {
    const partner = afterByKey.get(key);
    if (partner === undefined) removed.push(item);
    else kept.push([item, partner]);
  }
  const added = [...afterByKey].filter(([key]) => !beforeByKey.has(key)).map(([, item]) => item);
  return { removed, added, kept };
}

function sameKeys<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string | number,
): boolean {
  return (
    before.length === after.length && before.every((item, index) => keyOf(item) === keyOf(after[index]!))
  );
}
