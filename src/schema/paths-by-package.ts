import type { Image } from "../image/index.js";

/** Paths of the files of each package of an image, in its order. */
export function pathsByPackage(image: Image): ReadonlyMap<string, readonly string[]> {
  const paths = new Map<string, string[]>();
  for (const file of image.files) {
    const known = paths.get(file.package);
    if (known === undefined) paths.set(file.package, [file.path]);
    else known.push(file.path);
  }
  return paths;
}
