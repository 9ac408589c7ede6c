import type { FileSlice } from "../image/index.js";
import { buildFile } from "./build-file.js";
import { checkLinks } from "./check-links.js";
import { decodeFile } from "./decode-file.js";
import { decoding } from "./decoding.js";
import type { Surroundings, Unfinished } from "./element-base.js";
import { indexAll, indexDeclared } from "./index-elements.js";
import { makePlace } from "./place.js";
import type { Element, Schema, SchemaFile } from "./schema.js";

/**
 * Decodes and links files; the fields of messages and the values of enums at the first question. `slices` must hold
 * every import of theirs. To ask for `elements` decodes and checks everything.
 * @throws Proto4Error "image-corrupt" when a slice does not decode, a name leads nowhere or is there twice;
 * "lifecycle-malformed"
 */
export function buildSchema(slices: readonly FileSlice[]): Schema {
  // Without proto4's definitions in the image, the numbers of its options are somebody else's.
  const around: Unfinished<Surroundings> = {
    annotated: slices.some((slice) => slice.package === "proto4"),
    declared: new Map(),
  };
  const files = buildFiles(slices, around);
  const declared = indexDeclared(files.values());
  around.declared = declared;
  for (const element of declared.values()) checkLinks(element, declared);
  let elements: ReadonlyMap<string, Element> | undefined;
  return {
    files,
    declared,
    annotated: around.annotated,
    get elements() {
      elements ??= indexAll(files.values());
      return elements;
    },
  };
}

function buildFiles(slices: readonly FileSlice[], around: Surroundings): ReadonlyMap<string, SchemaFile> {
  const root = makePlace([]);
  return new Map(
    slices.map(({ path, bytes, isImport }) => {
      const descriptor = decoding(path, () => decodeFile(bytes, around.annotated));
      return [path, buildFile(descriptor, isImport, root, around)];
    }),
  );
}
