import type { Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { diffOtherOptions } from "./diff-other-options.js";
import { newlyOpened, newlyReserved } from "./diff-reserved.js";
import { diffOtherTerms } from "./diff-terms.js";
import { type Pairs, pairDeclared } from "./pair-declared.js";

/**
 * The differences that no rule judges, none of them one of `diffSchema`'s: what is reserved or opened to extensions for
 * the first time, terms that steer the translation between generations, options that nobody tracks. A check does not
 * ask for them, and has not to wait for them.
 * @param trackedOptions full names of the custom options that `diffSchema` is asked to compare
 * @throws Proto4Error "image-corrupt" when options do not decode
 */
export function diffUnjudged(
  before: Schema,
  after: Schema,
  trackedOptions: readonly string[] = [],
): readonly Change[] {
  const pairs = pairDeclared(before, after);
  return [
    ...diffNumbers(pairs),
    ...diffOtherTerms(pairs, before, after),
    ...diffOtherOptions(pairs, before, after, trackedOptions),
  ];
}

function* diffNumbers(pairs: Pairs): Generator<Change> {
  for (const [before, after] of pairs.message.kept) {
    const [reserved, opened] = [newlyReserved(before, after), newlyOpened(before, after)];
    if (reserved.length > 0)
      yield { kind: "reserved-added", before, after, from: "", to: reserved.join(", ") };
    if (opened.length > 0)
      yield { kind: "extension-range-added", before, after, from: "", to: opened.join(", ") };
  }
  for (const [before, after] of pairs.enum.kept) {
    const reserved = newlyReserved(before, after);
    if (reserved.length > 0)
      yield { kind: "enum-reserved-added", before, after, from: "", to: reserved.join(", ") };
  }
}
