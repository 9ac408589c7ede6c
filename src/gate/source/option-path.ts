import { optionPath } from "./read-options.js";
import { tokenize } from "./tokenize.js";

/** The parts of an option's name, as it is written. */
export function pathOf(name: string): readonly string[] {
  return optionPath(tokenize(name));
}

/** How an option that is set stands to one that is asked for. */
export type Relation = "same" | "around" | "within" | "apart";

/** `around` holds what is asked for in its value; `within` is a part of it. */
export function relate(written: readonly string[], wanted: readonly string[], scope: string): Relation {
  const shared = Math.min(written.length, wanted.length);
  for (let index = 0; index < shared; index++)
    if (!isSamePart(written[index]!, wanted[index]!, scope)) return "apart";
  if (written.length === wanted.length) return "same";
  return written.length < wanted.length ? "around" : "within";
}

/** Names in parentheses may leave out what encloses them, or begin with a dot to be read from the root. */
function isSamePart(written: string, wanted: string, scope: string): boolean {
  if (written === wanted) return true;
  if (!isCustom(written) || !isCustom(wanted)) return false;
  const [is, asked] = [written.slice(1, -1), wanted.slice(1, -1)];
  const full = asked.replace(/^\./, "");
  if (is.startsWith(".") || is === full) return is.replace(/^\./, "") === full;
  if (!full.endsWith(`.${is}`)) return false;
  const left = full.slice(0, -is.length - 1);
  return scope === left || scope.startsWith(`${left}.`);
}

/** In an aggregate brackets take the place of parentheses. */
function isCustom(part: string): boolean {
  return (part.startsWith("(") && part.endsWith(")")) || (part.startsWith("[") && part.endsWith("]"));
}
