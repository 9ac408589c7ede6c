/**
 * The JSON name of a field that declares none: underscores go, and the letter after one becomes a capital.
 * @see https://protobuf.dev/programming-guides/json/
 */
export function jsonNameOf(name: string): string {
  return name.replace(/_+([a-z]?)/g, (_, letter: string) => letter.toUpperCase());
}
