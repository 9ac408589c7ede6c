import { Proto4Error } from "../diagnostics/index.js";
import { affectedFiles, checkImports, type Image } from "../image/index.js";
import { buildSchema } from "./build-schema.js";
import { references } from "./check-links.js";
import { checkUnique } from "./check-unique.js";
import { elementsOf } from "./index-elements.js";
import type { Element, Schema, SchemaFile } from "./schema.js";
import { makeVisible } from "./visible-files.js";
import { wholeSchema } from "./whole-schema.js";

/**
 * Checks that an image links, as what a compiler makes does and what comes from elsewhere may not: the imports of every
 * file are there and make no circle, names are such, every type that something names is declared in a file that its own file sees, and
 * no name is there twice.
 * @param linked an image of which that is known: then only what changed since, and what sees the changes, is decoded
 * @throws Proto4Error "image-corrupt" with the file, the element and what to do
 */
export function checkLinked(image: Image, linked?: Image): void {
  checkImports(image, linked);
  const { after, compared } = toLink(image, linked);
  if (compared.size === 0) return;
  checkUnique(image, compared, linked?.files ?? []);
  const schema = after.length === image.files.length ? wholeSchema(image) : buildSchema(after);
  const seenFrom = makeVisible(image);
  for (const path of compared) {
    const file = schema.files.get(path);
    if (file !== undefined) checkFile(file, schema, seenFrom(path));
  }
}

/** Files that may not link, and those that it takes to see whether they do. */
function toLink(image: Image, linked: Image | undefined) {
  if (linked !== undefined) return affectedFiles(linked, image);
  const { files } = image;
  return { after: files, compared: new Set(files.map(({ path }) => path)) };
}

/** Members, which are decoded here, are checked when they are: what they name is declared. This says where. */
function checkFile(file: SchemaFile, { declared }: Schema, seen: ReadonlySet<string>): void {
  const names = new Set<string>();
  if (file.package !== "") checkName(file.package, packageName, file);
  for (const element of elementsOf(file)) {
    checkName(element.name, identifier, file);
    if (names.has(element.fullName)) throw twice(element.fullName, file);
    names.add(element.fullName);
    for (const { name } of references(element)) {
      const home = declared.get(name)!.file;
      if (!seen.has(home.fullName)) throw unseen(element, file, name, home);
    }
  }
}

/** No compiler lets another name pass; one with a line break would forge lines wherever it is printed. */
function checkName(name: string, allowed: RegExp, file: SchemaFile): void {
  if (allowed.test(name)) return;
  const shown = JSON.stringify(name.slice(0, 200));
  throw corrupt(file, `${shown} is no name that protobuf allows; build the image again with a compiler`);
}

function twice(name: string, file: SchemaFile): Proto4Error {
  return corrupt(file, `${name} is declared twice in this file: rename one of them, or take it out`);
}

function unseen(element: Element, file: SchemaFile, name: string, home: SchemaFile): Proto4Error {
  return corrupt(
    file,
    `${element.fullName} names "${name}" of ${home.fullName}, which this file does not import: add the import`,
  );
}

function corrupt({ fullName }: SchemaFile, message: string): Proto4Error {
  return new Proto4Error("image-corrupt", message, { location: { path: fullName } });
}

/** @see https://protobuf.com/docs/language-spec#identifiers-and-keywords */
const identifier = /^[A-Za-z_]\w*$/;
const packageName = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
