import type { FileSlice, Image } from "../image/index.js";

/**
 * A function that gives the files whose types a file may use: itself, its imports, and what these import publicly,
 * however far.
 * @see https://protobuf.dev/programming-guides/proto3/#importing
 */
export function makeVisible({ files }: Image): (path: string) => ReadonlySet<string> {
  const slices = new Map(files.map((slice) => [slice.path, slice]));
  return (path) => {
    const seen = new Set(slices.get(path)?.dependencies);
    // A set's iterator also visits what is added under way.
    for (const each of seen) for (const exposed of publicIn(slices.get(each))) seen.add(exposed);
    return seen.add(path);
  };
}

function publicIn(slice: FileSlice | undefined): readonly string[] {
  return slice?.publicDependencies ?? [];
}
