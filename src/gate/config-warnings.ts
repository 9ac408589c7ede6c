import { type ErrorLocation, formatLocation } from "../diagnostics/index.js";
import { extensionNames } from "../image/index.js";
import { isWithin } from "./config/ignored.js";
import { nearestFirst } from "./config/nearest.js";
import type { BreakingSection, IgnoredPath } from "./config/read-breaking.js";
import { successorsIn } from "./config/rule-versions.js";
import type { Side } from "./workspace/pair-modules.js";

/**
 * What looks like a mistake in a buf.yaml, a sentence each: ignored paths under which no file lies, before or after,
 * names that were replaced, and plug-ins, which only buf asks.
 * @param isPart whether only a part of the files was loaded, so that nobody can tell what matches none
 */
export function configWarnings(before: Side, after: Side, isPart: boolean): readonly string[] {
  const sections = after.workspace.modules.map(({ breaking }) => breaking);
  const unmatched = isPart || !after.workspace.isWhole ? [] : unmatchedIgnores(sections, before, after);
  return [...new Set([...sections.flatMap(deprecatedNames), ...sections.flatMap(plugins), ...unmatched])];
}

/** Tracked options that neither side declares, a sentence each: a name that is misspelt is tracked in vain. */
export function unknownOptions(names: readonly string[], sides: readonly Side[]): readonly string[] {
  return names.flatMap((name) => {
    const scope = name.slice(0, Math.max(0, name.lastIndexOf(".")));
    const declared = sides.flatMap(({ image }) => [...extensionNames(image, scope)]);
    if (declared.includes(name)) return [];
    const [nearest] = nearestFirst(name, [...new Set(declared)]);
    const meant = nearest === undefined ? "" : `; did you mean ${nearest}?`;
    return [`warning: the option ${name} is tracked, but no file declares it${meant}`];
  });
}

function unmatchedIgnores(
  sections: readonly BreakingSection[],
  before: Side,
  after: Side,
): readonly string[] {
  const files = [...before.image.files, ...after.image.files].map(({ path }) => path);
  const matched = new Map<string, boolean>();
  for (const ignored of sections.flatMap((section) => section.ignored)) {
    const sentence = warning(ignored.at, `${ignored.written} is ignored, but matches no file`);
    // A path in the section of a workspace need match in one of its modules only.
    matched.set(sentence, matched.get(sentence) === true || matches(ignored, files));
  }
  return [...matched].filter(([, isMatched]) => !isMatched).map(([sentence]) => sentence);
}

function matches({ path }: IgnoredPath, files: readonly string[]): boolean {
  if (path === undefined) return false;
  const ignored = new Set([path]);
  return path === "." || files.some((file) => isWithin(file, ignored));
}

function deprecatedNames({ names, config: { version = "v2" } }: BreakingSection): readonly string[] {
  return names.flatMap(({ name, at }) => {
    const successors = successorsIn(version, name);
    if (successors === undefined) return [];
    const instead = successors.length === 0 ? "nothing took its place" : `say ${successors.join(", ")}`;
    return [warning(at, `${name} is deprecated; ${instead}`)];
  });
}

function plugins({ hasPlugins }: BreakingSection): readonly string[] {
  return hasPlugins ? ["warning: the plug-ins of buf.yaml are not asked; buf breaking asks them"] : [];
}

function warning(at: ErrorLocation, sentence: string): string {
  return `${formatLocation(at)}: warning: ${sentence}`;
}
