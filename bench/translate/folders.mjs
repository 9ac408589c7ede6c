// Where the bench keeps what it makes at its start.
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
export const work = join(root, ".cache/bench/translate");

/** A module compiled from generated code, by its path below the output. */
export function generated(path) {
  return import(pathToFileURL(join(work, "js", path)).href);
}

/** A module of proto4 itself, as built: only what npm users reach too, and what the plug-in is made of. */
export function built(path) {
  return import(pathToFileURL(join(root, "dist/src", path)).href);
}
