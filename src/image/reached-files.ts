import { changedFiles, reachedFrom } from "./affected.js";
import type { Image } from "./image.js";
import { byPath, importsOf } from "./with-imports.js";

/** Paths of the files that differ from those of the image before, or import, however far, one that does. */
export function reachedFiles(before: Image, after: Image): ReadonlySet<string> {
  const known = last.get(after);
  if (known?.before === before) return known.reached;
  const changed = changedFiles(byPath(before), byPath(after));
  const reached = changed.size === 0 ? changed : reachedFrom(changed, after, importsOf);
  last.set(after, { before, reached });
  return reached;
}

/** Whoever publishes asks more than once. */
const last = new WeakMap<Image, { readonly before: Image; readonly reached: ReadonlySet<string> }>();
