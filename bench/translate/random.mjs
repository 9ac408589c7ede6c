/** Chance that is the same in every run: mulberry32. */
export function seeded(seed) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end) => Math.floor(next() * end);
  const between = (start, end) => start + below(end - start);
  const letters = "abcdefghijklmnopqrstuvwxyz";
  return {
    next,
    below,
    between,
    pick: (list) => list[below(list.length)],
    text: (length) => Array.from({ length }, () => letters[below(letters.length)]).join(""),
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}
