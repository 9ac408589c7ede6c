import type { Fix } from "../../rules/index.js";
import { applyFixes } from "../source/index.js";

/** A source with fixes applied. */
export interface FixedFile {
  readonly text: string;
  readonly refused: readonly RefusedFix[];
}

interface RefusedFix {
  readonly fix: Fix;
  readonly why: string;
}

/**
 * Applies the fixes of one file.
 * @param text `undefined` where there is no such file
 * @throws Proto4Error "source-malformed"
 */
export function fixFile(text: string | undefined, fixes: readonly Fix[]): FixedFile {
  const created = fixes.find((fix) => fix.kind === "create");
  const others = fixes.filter((fix) => fix.kind !== "create");
  if (text === undefined)
    return {
      text: created?.text ?? "",
      refused: others.map((fix) => ({ fix, why: `${fix.path} is no source of this workspace` })),
    };
  const clash = created === undefined ? [] : [{ fix: created, why: "there is such a file already" }];
  const { text: after, refused } = applyFixes(text, others);
  return { text: after, refused: [...clash, ...refused] };
}
