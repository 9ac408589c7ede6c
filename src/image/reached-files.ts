import { changedFiles, reachedFrom } from "./affected.js";
import type { Image } from "./image.js";
import { byPath, importsOf } from "./with-imports.js";

/** Paths of the files that differ from those of the image before, or import, however far, one that does. */
export function reachedFiles(before: Image, after: Image): ReadonlySet<string> {
  const changed = changedFiles(byPath(before), byPath(after));
  return changed.size === 0 ? changed : reachedFrom(changed, after, importsOf);
}
