import type { FileSlice, Image } from "./image.js";

/**
 * The slices at `paths` and of everything they import, however far, in the image's order.
 * @param files those of the image by path, if somebody has them at hand
 */
export function withImports(
  paths: Iterable<string>,
  image: Image,
  files: ReadonlyMap<string, FileSlice> = byPath(image),
): readonly FileSlice[] {
  const reached = new Set(paths);
  // A set's iterator also visits what is added under way.
  for (const path of reached) {
    const file = files.get(path);
    if (file !== undefined) for (const imported of importsOf(file)) reached.add(imported);
  }
  return image.files.filter(({ path }) => reached.has(path));
}

/** Every import of a file, for types and for options. */
export function importsOf(file: FileSlice): readonly string[] {
  const { dependencies, optionDependencies } = file;
  return optionDependencies.length === 0 ? dependencies : [...dependencies, ...optionDependencies];
}

export function byPath(image: Image): ReadonlyMap<string, FileSlice> {
  return new Map(image.files.map((slice) => [slice.path, slice]));
}
