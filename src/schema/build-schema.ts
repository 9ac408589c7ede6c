import { Proto4Error } from "../diagnostics/index.js";
import type { FileSlice } from "../image/index.js";
import { WireError } from "../wire/index.js";
import { buildFile } from "./build-file.js";
import { checkLinks } from "./check-links.js";
import { decodeFile } from "./decode-file.js";
import type { FileDescriptor } from "./descriptor.js";
import { indexAll, indexDeclared } from "./index-elements.js";
import { makePlace } from "./place.js";
import type { Element, Schema, SchemaFile } from "./schema.js";

/**
 * Decodes and links files. `slices` must hold every import of theirs.
 * @throws Proto4Error "image-corrupt" when a slice does not decode, a name leads nowhere or is there twice;
 * "lifecycle-malformed"
 */
export function buildSchema(slices: readonly FileSlice[]): Schema {
  // Without proto4's definitions in the image, the numbers of its options are somebody else's.
  const annotated = slices.some((slice) => slice.package === "proto4");
  const files = buildFiles(slices, annotated);
  const declared = indexDeclared(files.values());
  checkLinks(declared);
  let elements: ReadonlyMap<string, Element> | undefined;
  return {
    files,
    declared,
    annotated,
    get elements() {
      elements ??= indexAll(files.values());
      return elements;
    },
  };
}

function buildFiles(slices: readonly FileSlice[], annotated: boolean): ReadonlyMap<string, SchemaFile> {
  const root = makePlace([]);
  return new Map(
    slices.map((slice) => [slice.path, buildFile(decode(slice, annotated), slice.isImport, root)]),
  );
}

function decode(slice: FileSlice, annotated: boolean): FileDescriptor {
  try {
    return decodeFile(slice.bytes, annotated);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new Proto4Error("image-corrupt", "this file of the image does not decode; build the image again", {
      location: { path: slice.path },
      cause,
    });
  }
}
