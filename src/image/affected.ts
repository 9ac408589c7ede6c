import type { FileSlice, Image } from "./image.js";
import { importsOf, withImports } from "./with-imports.js";

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
  const changed = changedFiles(before, after);
  // A file that is not changed itself has the same imports on both sides: one image knows all importers.
  const compared = new Set([...changed, ...importersOf(changed, after)]);
  return { before: withImports(compared, before), after: withImports(compared, after), compared };
}

function changedFiles(before: Image, after: Image): ReadonlySet<string> {
  const beforeByPath = byPath(before);
  const afterByPath = byPath(after);
  const paths = new Set([...beforeByPath.keys(), ...afterByPath.keys()]);
  return new Set([...paths].filter((path) => !sameBytes(beforeByPath.get(path), afterByPath.get(path))));
}

function sameBytes(before: FileSlice | undefined, after: FileSlice | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  if (before.bytes === after.bytes) return true; // from the cache
  return Buffer.compare(before.bytes, after.bytes) === 0;
}

function importersOf(changed: ReadonlySet<string>, image: Image): readonly string[] {
  const publicImporters = publicImportersOf(image);
  const exposing = new Set(changed);
  // A set's iterator also visits what is added under way, so this follows chains to their end.
  for (const path of exposing) for (const importer of publicImporters.get(path) ?? []) exposing.add(importer);
  return image.files
    .filter((file) => importsOf(file).some((imported) => exposing.has(imported)))
    .map(({ path }) => path);
}

function publicImportersOf(image: Image): ReadonlyMap<string, readonly string[]> {
  const importers = new Map<string, string[]>();
  for (const { path, publicDependencies } of image.files)
    for (const imported of publicDependencies) {
      const known = importers.get(imported);
      if (known === undefined) importers.set(imported, [path]);
      else known.push(path);
    }
  return importers;
}

function byPath(image: Image): ReadonlyMap<string, FileSlice> {
  return new Map(image.files.map((slice) => [slice.path, slice]));
}
