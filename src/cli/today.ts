/** In UTC, so that everybody's sunset is the same evening. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}
