import type { Fix } from "../../rules/index.js";
import type { Declared } from "./declared-names.js";
import { type Draft, type Editing, nothing, refuse } from "./draft.js";
import { commentIn, wouldBeLost } from "./lost-comments.js";
import { sameTokens } from "./same-tokens.js";
import type { Span } from "./span.js";
import { tokenize } from "./tokenize.js";
import { tokensWithin } from "./tokens-within.js";

export type ReplaceFix = Extract<Fix, { kind: "replace" }>;

/**
 * Puts another text in place of a part of a statement.
 * @param leaving names that other fixes set free
 */
export function draftPart(
  fix: ReplaceFix,
  declared: Declared,
  leaving: ReadonlySet<string>,
  { source, names }: Editing,
): Draft {
  const span = partOf(fix, declared);
  if (typeof span === "string") return refuse([fix], span);
  const text = fix.part === "statement" ? fix.text.replace(/\s*[;{]\s*$/, "") : fix.text;
  if (sameTokens(tokensWithin(source, span), tokenize(text))) return nothing;
  const lost = commentIn(span, source, text);
  if (lost !== undefined) return refuse([fix], wouldBeLost(lost));
  const renamed = fix.symbol.slice(0, fix.symbol.lastIndexOf(".") + 1) + text;
  if (fix.part === "name" && names.has(renamed) && !leaving.has(renamed))
    return refuse([fix], `${renamed} is declared already`);
  return { ...nothing, edits: [{ ...span, text }] };
}

/** Where the part stands; else a sentence why it cannot be replaced. */
function partOf({ part, symbol }: ReplaceFix, { declaration, isGroupMessage }: Declared): Span | string {
  if (declaration.kind === "group" && (part === "name" || part === "type" || isGroupMessage))
    return `${symbol} is a group, which declares a message along with its field`;
  if (declaration.kind === "file") return `${symbol} is a file, which is no statement`;
  const { head, brackets, body } = declaration;
  if (part !== "statement") return declaration[part] ?? `${symbol} has no ${part} of its own`;
  return { start: head.start, end: body === undefined ? (brackets?.end ?? head.end) : head.end };
}
