/**
 * Whether the next version begins a new chain, so that reading it takes neither many packs nor much that it no
 * longer has.
 * @param sizes of the packs of the chain, in bytes, base first
 */
export function shouldRebase(sizes: readonly number[]): boolean {
  const [base = 0, ...deltas] = sizes;
  return sizes.length >= mostPacks || deltas.reduce((sum, size) => sum + size, 0) > base / 2;
}

const mostPacks = 16;
