import type { NumberRange } from "../../schema/index.js";
import type { Declaration } from "./declaration.js";
import { type Span, spanOf } from "./span.js";
import type { Token } from "./tokenize.js";

/** A statement that reserves numbers, or names. */
export interface Reserved {
  readonly declaration: Declaration;
  readonly items: readonly ReservedItem[];
  /** What the items are; a statement may not mix them. */
  readonly holds: "numbers" | "names";
}

export interface ReservedItem extends Span {
  readonly range: NumberRange | undefined;
  readonly name: string | undefined;
  /** How a name is written: with which quotes, or none. */
  readonly quote: '"' | "'" | "";
}

/** The statements in a message or an enum that reserve something; those that are not well-formed are left out. */
export function readReserved({ kind, children }: Declaration): readonly Reserved[] {
  const greatest = greatestOf(kind);
  return children.flatMap((declaration) => {
    if (declaration.kind !== "reserved") return [];
    const items = split(declaration.words.slice(1)).map((tokens) => itemOf(tokens, greatest));
    const known = items.filter((item): item is ReservedItem => item !== undefined);
    if (known.length === 0 || known.length < items.length) return [];
    return [{ declaration, items: known, holds: known[0]!.range === undefined ? "names" : "numbers" }];
  });
}

/** What `max` stands for; messages that are sets may have greater numbers than others. */
export function greatestOf(kind: Declaration["kind"]): { readonly usual: number; readonly possible: number } {
  return kind === "enum"
    ? { usual: 2147483647, possible: 2147483647 }
    : { usual: 536870911, possible: 2147483646 };
}

function split(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens)
    if (token.text === ",") parts.push([]);
    else parts.at(-1)!.push(token);
  return parts;
}

function itemOf(
  tokens: readonly Token[],
  { possible }: { readonly possible: number },
): ReservedItem | undefined {
  const [span, first] = [spanOf(tokens), tokens[0]];
  if (span === undefined || first === undefined) return undefined;
  if (first.kind === "string" || (first.kind === "word" && tokens.length === 1)) {
    const isQuoted = first.kind === "string";
    const name = tokens.map(({ text }) => (isQuoted ? text.slice(1, -1) : text)).join("");
    return { ...span, name, range: undefined, quote: isQuoted ? (first.text[0] as '"' | "'") : "" };
  }
  const to = tokens.findIndex(({ text }) => text === "to");
  const start = numberOf(tokens.slice(0, to < 0 ? undefined : to), possible);
  const end = to < 0 ? start : numberOf(tokens.slice(to + 1), possible);
  if (Number.isNaN(start) || Number.isNaN(end)) return undefined;
  return { ...span, range: { start, end }, name: undefined, quote: "" };
}

function numberOf(tokens: readonly Token[], greatest: number): number {
  const text = tokens.map((token) => token.text).join("");
  if (text === "max") return greatest;
  const digits = text.replace(/^-/, "");
  if (!/^(0[xX][0-9a-fA-F]+|[0-9]+)$/.test(digits)) return Number.NaN;
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return text.startsWith("-") ? -value : value;
}
