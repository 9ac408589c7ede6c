import { type CustomOption, type Element, makeOptionReader, type Schema } from "../schema/index.js";
import type { ChangeOf } from "./change.js";
import { pair } from "./pair.js";
import type { Pairs } from "./pair-declared.js";
import { pairPromising } from "./pair-promising.js";

/**
 * What changed about custom options of what is there on both sides. A value is the same if it has the same bytes, or if
 * the same text stands for it: a definition may be renamed, and may be renumbered.
 */
export function* diffOptions(
  pairs: Pairs,
  before: Schema,
  after: Schema,
  names: readonly string[],
): Generator<ChangeOf<"option-changed">> {
  if (names.length === 0) return;
  const [readBefore, readAfter] = [makeOptionReader(before, names), makeOptionReader(after, names)];
  for (const [from, to] of pairBearers(pairs, before, after)) {
    const [was, is] = [readBefore(from), readAfter(to)];
    for (const option of names)
      if (!sameOption(was.get(option), is.get(option)))
        yield {
          ...{ kind: "option-changed", before: from, after: to, option },
          from: was.get(option)?.text ?? "",
          to: is.get(option)?.text ?? "",
        };
  }
}

function sameOption(before: CustomOption | undefined, after: CustomOption | undefined): boolean {
  return before?.wire === after?.wire || before?.text === after?.text;
}

/** What has options on both sides. Of what is the same to the byte, options are, too. */
export function* pairBearers(
  pairs: Pairs,
  before: Schema,
  after: Schema,
): Generator<readonly [before: Element, after: Element]> {
  for (const [path, file] of before.files) {
    const partner = after.files.get(path);
    if (partner !== undefined) yield [file, partner];
  }
  yield* pairPromising(pairs);
  for (const [from, to] of pairs.opened) yield* pair(from.oneofs, to.oneofs, ({ name }) => name).kept;
}
