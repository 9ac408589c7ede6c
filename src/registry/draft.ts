import { Proto4Error } from "../diagnostics/index.js";
import type { FileSlice, Image } from "../image/index.js";
import { type Blob, makeBlob } from "./blobs.js";
import { encodeManifest } from "./manifest.js";
import { isInside } from "./pack/index.js";
import { packImage } from "./pack-image.js";

/** A version before it has a number: what is to be stored, and under which digests. */
export interface Draft {
  readonly image: Image;
  readonly manifest: string;
  readonly snapshot: string;
  /** Those that the subject holds, by name. */
  readonly packages: readonly string[];
  readonly blobs: readonly Blob[];
}

/**
 * Makes ready to be published what was compiled.
 * @param sources source text by path; a file without one is stored as its descriptor alone
 * @throws Proto4Error "usage" when there is nothing to publish or a file cannot be kept
 */
export function makeDraft(image: Image, sources: ReadonlyMap<string, string>): Draft {
  for (const file of image.files) checkFile(file);
  const files = image.files.map((file) => draftFile(file, sources.get(file.path)));
  const manifest = makeBlob(
    encodeManifest({
      files: files.map(({ path, isImport, descriptor, source }) => ({
        path,
        isImport,
        descriptor: descriptor.digest,
        source: source?.digest,
      })),
    }),
  );
  const snapshot = makeBlob(packImage(image));
  return {
    image,
    manifest: manifest.digest,
    snapshot: snapshot.digest,
    packages: ownPackages(image),
    blobs: [
      ...files.flatMap(({ descriptor, source }) => [descriptor, source ?? []].flat()),
      snapshot,
      manifest,
    ],
  };
}

function draftFile({ path, isImport, bytes }: FileSlice, source: string | undefined) {
  return {
    path,
    isImport,
    descriptor: makeBlob(bytes),
    source: source === undefined ? undefined : makeBlob(source),
  };
}

/** The packages that a subject holds: not those of its imports, nor those that every image carries along. */
function ownPackages(image: Image): readonly string[] {
  const own = image.files.filter((file) => !file.isImport && !isCommon(file));
  const nameless = own.find((file) => file.package === "");
  if (nameless !== undefined)
    throw new Proto4Error("usage", "a file without a package belongs to no contract: give it one", {
      location: { path: nameless.path },
    });
  if (own.length === 0)
    throw new Proto4Error(
      "usage",
      "the input has no file of its own, only imports: there is nothing to publish",
    );
  return [...new Set(own.map((file) => file.package))].sort();
}

/** An image of protoc's does not tell imports, and everybody's has these. */
function isCommon(file: FileSlice): boolean {
  return file.path.startsWith("google/protobuf/") || file.package === "proto4";
}

function checkFile({ path }: FileSlice): void {
  if (isInside(path)) return;
  throw new Proto4Error("image-corrupt", "the path of this file leads out of its folder: it cannot be kept", {
    location: { path },
  });
}
