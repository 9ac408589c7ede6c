import type { FileSlice, Image } from "./image.js";

/** The slices at `paths` and of everything they import, however far, in the image's order. */
export function withImports(paths: Iterable<string>, image: Image): readonly FileSlice[] {
  const files = new Map(image.files.map((slice) => [slice.path, slice]));
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
  return [...file.dependencies, ...file.optionDependencies];
}
