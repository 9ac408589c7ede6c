import { Proto4Error } from "../diagnostics/index.js";
import { defaultDepthLimit, makeTag, WireError, WireReader, WireType } from "../wire/index.js";
import type { FileSlice, Image } from "./image.js";

/** What an image's packages hold, over all of their files. */
export interface Packages {
  has(name: string): boolean;
  /**
   * Whether the package declares anything of a kind, however deep.
   * @throws Proto4Error "image-corrupt" when a file of it does not decode
   */
  declares(name: string, kind: DeclaredKind): boolean;
}

type DeclaredKind = "message" | "enum" | "extension";

/** Nothing is decoded, and files are looked into only as far as an answer needs. */
export function packagesOf(image: Image): Packages {
  const files = new Map<string, FileSlice[]>();
  for (const slice of image.files) {
    const known = files.get(slice.package);
    if (known === undefined) files.set(slice.package, [slice]);
    else known.push(slice);
  }
  return {
    has: (name) => files.has(name),
    declares: (name, kind) => files.get(name)?.some((slice) => fileDeclares(slice, kind)) ?? false,
  };
}

function fileDeclares({ path, bytes }: FileSlice, kind: DeclaredKind): boolean {
  try {
    return declares(bytes, kind, inFile, defaultDepthLimit);
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new Proto4Error("image-corrupt", "this file of the image does not decode; build the image again", {
      location: { path },
      cause,
    });
  }
}

function declares(bytes: Uint8Array, kind: DeclaredKind, tags: Tags, depthLimit: number): boolean {
  if (depthLimit === 0) throw new WireError("too-deep", 0);
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === tags[kind]) return true;
    if (tag !== tags.message) reader.skip(tag);
    else if (declares(reader.subarray(), kind, inMessage, depthLimit - 1)) return true;
  }
  return false;
}

/** Under which tag an element holds others, in descriptor.proto. */
type Tags = Readonly<Record<DeclaredKind, number>>;

const inFile: Tags = {
  message: makeTag(4, WireType.Bytes),
  enum: makeTag(5, WireType.Bytes),
  extension: makeTag(7, WireType.Bytes),
};

const inMessage: Tags = {
  message: makeTag(3, WireType.Bytes),
  enum: makeTag(4, WireType.Bytes),
  extension: makeTag(6, WireType.Bytes),
};
