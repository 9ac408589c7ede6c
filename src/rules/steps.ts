/** What to do, and what to write for it. */
export type Step = readonly [what: string, source: string];

/** Lines of advice, what to do aligned with what to write: `after its sunset:  reserved 5;`. */
export function steps(...advice: readonly Step[]): readonly string[] {
  const width = Math.max(...advice.map(([what]) => what.length));
  return advice.map(([what, source]) => `${`${what}:`.padEnd(width + 1)}  ${source}`);
}
