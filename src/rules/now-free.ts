import type { NumberRange } from "../schema/index.js";

/** Names the numbers of a range that are free, where they are not all of it: ` (now free: 3, 7 to 9)`. */
export function nowFree(range: string, freed: readonly NumberRange[]): string {
  const numbers = freed
    .map(({ start, end }) => (start === end ? `${start}` : `${start} to ${end}`))
    .join(", ");
  return numbers === "" || numbers === range ? "" : ` (now free: ${numbers})`;
}
