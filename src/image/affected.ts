import type { FileSlice, Image } from "./image.js";
import { byPath, importsOf, withImports } from "./with-imports.js";

/** What a comparison of two images must decode, and what of it may differ. */
export interface AffectedFiles {
  /** Slices of the image before: the compared ones and every import that it takes to link them. */
  readonly before: readonly FileSlice[];
  /** The same of the image after. */
  readonly after: readonly FileSlice[];
  /** Paths of the files that may differ; the other slices are there to be linked with. */
  readonly compared: ReadonlySet<string>;
}

/**
 * Finds, without decoding, the files between which there can be a change: those whose bytes differ, those
 * added or removed, and those that see one of these through their imports.
 *
 * A file's own bytes do not hold all it means: the first value of an imported enum is its field's default,
 * an imported type may turn from message to enum, get another lifecycle or leave. Such meaning reaches
 * direct importers, and passes on only through `import public`.
 */
export function affectedFiles(before: Image, after: Image): AffectedFiles {
  const [filesBefore, filesAfter] = [byPath(before), byPath(after)];
  const changed = changedFiles(filesBefore, filesAfter);
  // A file that is not changed itself has the same imports on both sides: one image knows all importers.
  const compared = new Set([...changed, ...importersOf(changed, after)]);
  return {
    before: withImports(compared, before, filesBefore),
    after: withImports(compared, after, filesAfter),
    compared,
  };
}

type Files = ReadonlyMap<string, FileSlice>;

/** Paths of the files that are not the same in both images, or in one of them only. */
export function changedFiles(before: Files, after: Files): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const [path, slice] of before) if (!sameBytes(slice, after.get(path))) changed.add(path);
  for (const path of after.keys()) if (!before.has(path)) changed.add(path);
  return changed;
}

function sameBytes(before: FileSlice, after: FileSlice | undefined): boolean {
  if (after === undefined) return false;
  if (before.bytes === after.bytes) return true; // from the cache
  return Buffer.compare(before.bytes, after.bytes) === 0;
}

function importersOf(changed: ReadonlySet<string>, image: Image): readonly string[] {
  if (changed.size === 0) return [];
  const exposing = reachedFrom(changed, image, ({ publicDependencies }) => publicDependencies);
  return image.files
    .filter((file) => importsOf(file).some((imported) => exposing.has(imported)))
    .map(({ path }) => path);
}

/** Those paths and those of the files that import one of them, however far. */
export function reachedFrom(
  changed: Iterable<string>,
  image: Image,
  imports: (file: FileSlice) => readonly string[],
): ReadonlySet<string> {
  const importers = importersIn(image, imports);
  const reached = new Set(changed);
  // A set's iterator also visits what is added under way, so this follows chains to their end.
  for (const path of reached) for (const importer of importers.get(path) ?? []) reached.add(importer);
  return reached;
}

function importersIn(
  image: Image,
  imports: (file: FileSlice) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const file of image.files)
    for (const imported of imports(file)) {
      const known = importers.get(imported);
      if (known === undefined) importers.set(imported, [file.path]);
      else known.push(file.path);
    }
  return importers;
}
