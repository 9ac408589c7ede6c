import type { Token } from "./tokenize.js";

/** Whether two pieces of source say the same: blanks, comments and the way strings are broken up do not count. */
export function sameTokens(a: readonly Token[], b: readonly Token[]): boolean {
  const [one, other] = [signs(a), signs(b)];
  return one.length === other.length && one.every((sign, index) => sign === other[index]);
}

/** Adjacent strings of one kind of quotes are one. */
function signs(tokens: readonly Token[]): readonly string[] {
  const found: string[] = [];
  for (const { kind, text } of tokens) {
    if (kind === "comment") continue;
    const before = found.at(-1);
    if (kind === "string" && before !== undefined && before.length > 1 && before.startsWith(text[0]!))
      found.push(found.pop()!.slice(0, -1) + text.slice(1));
    else found.push(text);
  }
  return found;
}
