import type { FileSlice, Image } from "./image.js";
import type { Sources } from "./list-sources.js";
import { declaresNothing } from "./may-double.js";
import type { Pack } from "./slice-pack.js";
import { type Layout, makeSourceOf } from "./source-keys.js";

/**
 * Finds how import paths and sources belong together, after all was compiled. Copies of a .proto may lie outside of
 * every module (in `archive/`, `node_modules/`), and a cache that takes one of them for the source does not see the
 * source change; so nothing is guessed.
 * @param known packs of the same settings, which tell what sources were compiled before
 * @returns `undefined` where a file could be one of several sources
 */
export function layoutOf(image: Image, { protos }: Sources, known: readonly Pack[]): Layout | undefined {
  // A file that could be fewer sources comes first: those of a longer path are among those of its ending.
  const files = image.files.filter((slice) => !slice.isImport).sort((a, b) => b.path.length - a.path.length);
  const candidates = candidatesOf(files, protos, known);
  const taken = new Map<string, string>();
  for (const file of files) {
    const source = onlySource(file, candidates.get(file.path) ?? [], taken);
    if (source === undefined) return undefined;
    taken.set(source, file.path);
  }
  const roots = [...new Set([...taken].map(([source, name]) => rootOf(source, name)))];
  const layout = { roots, omitted: [...protos.keys()].filter((source) => !taken.has(source)) };
  const sourceOf = makeSourceOf(layout, protos);
  return [...taken].every(([source, name]) => sourceOf(name) === source) ? layout : undefined;
}

/**
 * The one source that a file can be. Modules may lie inside one another, and then a source is compiled under two names;
 * but not if it declares anything, which would then be declared twice.
 */
function onlySource(
  file: FileSlice,
  candidates: readonly string[],
  taken: ReadonlyMap<string, string>,
): string | undefined {
  const left = candidates.filter((source) => !taken.has(source));
  const isSure = candidates.length === 1 || !declaresNothing(file);
  return isSure && left.length === 1 ? left[0] : undefined;
}

/** Which sources end like a file's path, save those known for left out, and all others where one is known for it. */
function candidatesOf(
  files: readonly FileSlice[],
  protos: Sources["protos"],
  known: readonly Pack[],
): ReadonlyMap<string, readonly string[]> {
  const omitted = new Set(known.flatMap((pack) => pack.omitted));
  const names = new Map(
    known.flatMap(({ slices }) => slices.map(({ source, slice }) => [source, slice.path])),
  );
  const candidates = new Map(files.map(({ path }): [string, string[]] => [path, []]));
  for (const source of protos.keys())
    if (!omitted.has(source)) for (const name of suffixes(source)) candidates.get(name)?.push(source);
  for (const [name, sources] of candidates) {
    const compiled = sources.filter((source) => names.get(source) === name);
    if (compiled.length > 0) candidates.set(name, compiled);
  }
  return candidates;
}

function suffixes(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(index).join("/"));
}

function rootOf(source: string, name: string): string {
  return source === name ? "." : source.slice(0, -name.length - 1);
}
