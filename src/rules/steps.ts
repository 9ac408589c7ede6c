/** Lines of advice, what to do aligned with what to write: `after its sunset:  reserved 5;`. */
export function steps(...advice: readonly (readonly [what: string, source: string])[]): readonly string[] {
  const width = Math.max(...advice.map(([what]) => what.length));
  return advice.map(([what, source]) => `${`${what}:`.padEnd(width + 1)}  ${source}`);
}
