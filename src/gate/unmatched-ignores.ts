import { formatLocation } from "../diagnostics/index.js";
import { isWithin } from "./config/ignored.js";
import type { IgnoredPath } from "./config/read-breaking.js";
import type { Side } from "./workspace/pair-modules.js";

/**
 * A sentence for each ignored path of a buf.yaml under which no file lies, before or after: a typing error, or left
 * over. None where only a part of the modules is looked at.
 */
export function unmatchedIgnores(before: Side, after: Side): readonly string[] {
  if (!after.workspace.isWhole) return [];
  const paths = [...before.image.files, ...after.image.files].map(({ path }) => path);
  const matched = new Map<string, boolean>();
  for (const { breaking } of after.workspace.modules)
    for (const ignored of breaking.ignored) {
      const sentence = `${formatLocation(ignored.at)}: ${ignored.written} is ignored, but matches no file`;
      matched.set(sentence, matched.get(sentence) === true || matches(ignored, paths));
    }
  return [...matched].filter(([, isMatched]) => !isMatched).map(([sentence]) => sentence);
}

function matches({ path }: IgnoredPath, files: readonly string[]): boolean {
  if (path === undefined) return false;
  if (path === ".") return true;
  const ignored = new Set([path]);
  return files.some((file) => isWithin(file, ignored));
}
