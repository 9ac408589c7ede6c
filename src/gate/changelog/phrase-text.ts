import { oneLine } from "../../diagnostics/index.js";
import type { Part, Phrase } from "./phrase.js";

/** A sentence as the messages of rules have it: names in quotes, source as it is. */
export function phraseText(phrase: Phrase): string {
  return oneLine(phrase.map(textOf).join(""));
}

function textOf(part: Part): string {
  if (typeof part === "string") return part;
  return part.kind === "name" ? `"${part.text}"` : part.text;
}
