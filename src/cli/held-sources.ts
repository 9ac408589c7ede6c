import { type Sources, toLines } from "../gate/index.js";

/** Sources that are at hand already, by the paths that findings have on each side. */
export function heldSources(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Sources {
  return {
    after: ({ at }) => linesOf(after.get(at?.path ?? "")),
    before: ({ before: was }) => linesOf(before.get(was?.path ?? "")),
  };
}

function linesOf(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : toLines(text);
}
