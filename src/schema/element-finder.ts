import type { FileSlice, Image } from "../image/index.js";
import { fileOf } from "./locate.js";
import type { Element, Field } from "./schema.js";
import { readSingleFile, type SingleFile } from "./single-file.js";

/** Finds elements in an image of which little is asked: it decodes the files that they are in, and links nothing. */
export interface ElementFinder {
  /** That of the same name and kind as another image's. @throws Proto4Error "image-corrupt", "lifecycle-malformed" */
  find<E extends Element>(element: E): E | undefined;
  /** The extension of a message that has a number. @throws Proto4Error as `find` does */
  findExtension(extendee: string, number: number): Field | undefined;
}

/** One for each image. What is the same in several is read once. */
export function makeElementFinders(images: readonly Image[]): readonly ElementFinder[] {
  const read = makeFileReader();
  return images.map((image) => {
    let finder: ElementFinder | undefined;
    const get = () => {
      finder ??= makeFinder(image, read);
      return finder;
    };
    return {
      find: (element) => get().find(element),
      findExtension: (extendee, number) => get().findExtension(extendee, number),
    };
  });
}

type FileReader = (slice: FileSlice, annotated: boolean) => SingleFile;

function makeFinder({ files }: Image, read: FileReader): ElementFinder {
  const annotated = files.some((file) => file.package === "proto4");
  const byPath = new Map(files.map((slice) => [slice.path, slice]));
  const homeOf = makeHomes(files, (slice) => read(slice, annotated));
  return {
    find<E extends Element>(element: E) {
      const { kind, fullName } = element;
      // Where it is now it was, nearly always.
      const here = byPath.get(fileOf(element).fullName);
      const single = here && read(here, annotated);
      if (kind === "file") return single?.file as E | undefined;
      const home = single !== undefined && holds(single, fullName) ? here : homeOf(fullName);
      const found = home && read(home, annotated).elements.get(fullName);
      return found?.kind === kind ? (found as E) : undefined;
    },
    findExtension(extendee, number) {
      const isIt = (field: Field) => field.extendee === extendee && field.number === number;
      for (const slice of files) {
        const found = read(slice, annotated).extensions.find(isIt);
        if (found !== undefined) return found;
      }
      return undefined;
    },
  };
}

/** Whether a name is one of this file's, or would be: what would enclose it outermost is here. */
function holds({ slice, elements }: SingleFile, fullName: string): boolean {
  const start = slice.package === "" ? 0 : slice.package.length + 1;
  const end = fullName.indexOf(".", start);
  return elements.has(end < 0 ? fullName : fullName.slice(0, end));
}

/** A function that gives the file in which a name may be declared: what encloses it outermost is. */
function makeHomes(files: readonly FileSlice[], read: (slice: FileSlice) => SingleFile) {
  const packages = new Map<string, FileSlice[]>();
  for (const slice of files) {
    const known = packages.get(slice.package);
    if (known === undefined) packages.set(slice.package, [slice]);
    else known.push(slice);
  }
  const names = new Map<string, ReadonlyMap<string, FileSlice>>();
  return (fullName: string): FileSlice | undefined => {
    for (let end = fullName.length; end > 0; end = fullName.lastIndexOf(".", end - 1)) {
      const name = fullName.slice(0, end);
      const scope = name.slice(0, Math.max(name.lastIndexOf("."), 0));
      const inScope = packages.get(scope);
      if (inScope === undefined) continue;
      const known = names.get(scope) ?? declaredBy(inScope, read);
      names.set(scope, known);
      const home = known.get(name);
      if (home !== undefined) return home;
    }
    return undefined;
  };
}

function declaredBy(
  files: readonly FileSlice[],
  read: (slice: FileSlice) => SingleFile,
): ReadonlyMap<string, FileSlice> {
  return new Map(files.flatMap((slice) => read(slice).topLevel.map((name) => [name, slice] as const)));
}

/** Versions have most of their files in common: those at one path with the same bytes are read once. */
function makeFileReader(): FileReader {
  const atPath = new Map<string, SingleFile[]>();
  return (slice, annotated) => {
    const variants = atPath.get(slice.path) ?? [];
    atPath.set(slice.path, variants);
    const same = variants.find((one) => one.annotated === annotated && isSame(one.slice, slice));
    if (same !== undefined) return same;
    const single = readSingleFile(slice, annotated);
    variants.push(single);
    return single;
  };
}

function isSame(one: FileSlice, other: FileSlice): boolean {
  return one.bytes === other.bytes || Buffer.compare(one.bytes, other.bytes) === 0;
}
