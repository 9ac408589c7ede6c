import type { FileList } from "../pack/index.js";

/** Paths of the files that a version before has not, or has otherwise. */
export function changedPaths(list: FileList, before: FileList | undefined): ReadonlySet<string> {
  const known = new Map(before?.files.map(({ path, digest }) => [path, digest]));
  return new Set(list.files.filter(({ path, digest }) => known.get(path) !== digest).map(({ path }) => path));
}
