import { Proto4Error } from "../diagnostics/index.js";
import type { FileSlice, Image } from "./image.js";
import { checkClosed } from "./slice-image.js";
import { byPath, importsOf } from "./with-imports.js";

/**
 * Checks that every import of every file is there, once, and that no file imports itself by a detour.
 * @param linked an image of which that is known
 * @throws Proto4Error "image-corrupt"
 */
export function checkImports(image: Image, linked?: Image): void {
  checkClosed(image.files);
  if (linked !== undefined && importsNoMore(image, linked)) return;
  const circular = filesInCircles(image);
  const [first] = circular.keys();
  if (first !== undefined) throw circle(first, circular);
}

/** Whether no file imports what it did not before: where there was no circle there is none then. */
function importsNoMore({ files }: Image, linked: Image): boolean {
  const before = byPath(linked);
  return files.every((file) => {
    const elder = before.get(file.path);
    if (elder === file) return true;
    const known = new Set(elder === undefined ? [] : importsOf(elder));
    return importsOf(file).every((path) => known.has(path));
  });
}

/** Those from which there is no way out, after all those that import nothing, or only what was taken away, are. */
function filesInCircles(image: Image): ReadonlyMap<string, FileSlice> {
  const left = new Map(byPath(image));
  const [waiting, importers] = [new Map<string, number>(), new Map<string, string[]>()];
  for (const file of image.files) {
    // An image may lack what `import option` names.
    const imports = new Set(importsOf(file).filter((path) => left.has(path)));
    waiting.set(file.path, imports.size);
    for (const path of imports) {
      const known = importers.get(path);
      if (known === undefined) importers.set(path, [file.path]);
      else known.push(file.path);
    }
  }
  const free = image.files.map(({ path }) => path).filter((path) => waiting.get(path) === 0);
  for (const path of free) {
    left.delete(path);
    for (const importer of importers.get(path) ?? []) {
      const rest = waiting.get(importer)! - 1;
      waiting.set(importer, rest);
      if (rest === 0) free.push(importer);
    }
  }
  return left;
}

function circle(start: string, files: ReadonlyMap<string, FileSlice>): Proto4Error {
  const way = new Set<string>();
  let path = start;
  while (!way.has(path)) {
    way.add(path);
    path = importsOf(files.get(path)!).find((imported) => files.has(imported))!;
  }
  const steps = [...way];
  const round = [...steps.slice(steps.indexOf(path)), path];
  const told = round.length > LONGEST ? [...round.slice(0, LONGEST), "…", path] : round;
  return new Proto4Error(
    "image-corrupt",
    `files import each other in a circle, ${told.join(" → ")}: no compiler takes that; take one of the imports out`,
    { location: { path } },
  );
}

const LONGEST = 8;
