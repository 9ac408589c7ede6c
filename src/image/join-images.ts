import { Proto4Error } from "../diagnostics/index.js";
import { WireReader, WireWriter } from "../wire/index.js";
import type { FileSlice, Image } from "./image.js";

/** An image and what to call it in errors. */
export interface NamedImage {
  readonly name: string;
  readonly image: Image;
}

/**
 * One image of several: a file that more than one holds comes once, and is only an import if it is in all.
 * @throws Proto4Error "input-unreadable" where two hold the same path with different content
 */
export function joinImages(images: readonly NamedImage[]): Image {
  const files = new Map<string, { readonly slice: FileSlice; readonly from: string }>();
  for (const { name, image } of images)
    for (const slice of image.files) {
      const known = files.get(slice.path);
      if (known !== undefined && !isSameContent(known.slice, slice)) throw conflict(slice, known.from, name);
      // A map keeps the place of what it had first: behind its imports.
      files.set(slice.path, {
        slice: known === undefined || !slice.isImport ? slice : known.slice,
        from: known?.from ?? name,
      });
    }
  return { files: [...files.values()].map(({ slice }) => slice) };
}

function conflict({ path, package: name }: FileSlice, first: string, second: string): Proto4Error {
  return new Proto4Error(
    "input-unreadable",
    `${first} and ${second} both hold this file, with different content: two generations have packages and paths ` +
      `of their own; what became of one package from version to version, ${name} here, proto4 check says`,
    { location: { path } },
  );
}

function isSameContent(one: FileSlice, other: FileSlice): boolean {
  return Buffer.compare(contentOf(one), contentOf(other)) === 0;
}

/** Compilers differ in what they say of comments and places, and images in which files they call imports. */
function contentOf({ bytes }: FileSlice): Uint8Array {
  const out = new WireWriter(bytes.length);
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    reader.skip(tag);
    if (!aside.includes(tag >>> 3)) out.raw(bytes, start, reader.pos);
  }
  return out.finish();
}

/** `FileDescriptorProto.source_code_info`, and buf's extension. */
const aside = [9, 8042];
