import { changedFiles, reachedFrom } from "./affected.js";
import type { Image } from "./image.js";
import { byPath, importsOf } from "./with-imports.js";

/** Paths of the files that differ from those of the image before, or import, however far, one that does. */
export function reachedFiles(before: Image, after: Image): ReadonlySet<string> {
  const answers = known.get(after) ?? new WeakMap<Image, ReadonlySet<string>>();
  known.set(after, answers);
  const reached = answers.get(before) ?? findReached(before, after);
  answers.set(before, reached);
  return reached;
}

/** Whoever publishes asks more than once. Neither image is kept by it: a chain of versions would never end. */
const known = new WeakMap<Image, WeakMap<Image, ReadonlySet<string>>>();

function findReached(before: Image, after: Image): ReadonlySet<string> {
  const changed = changedFiles(byPath(before), byPath(after));
  return changed.size === 0 ? changed : reachedFrom(changed, after, importsOf);
}
