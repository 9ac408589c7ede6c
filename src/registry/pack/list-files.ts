import { createHash } from "node:crypto";
import { Proto4Error } from "../../diagnostics/index.js";
import type { FileSlice } from "../../image/index.js";
import { isInside } from "./is-inside.js";
import { shapeOf } from "./shape.js";

/** A compiled file, and its source text where there is one. */
export interface PackFile {
  readonly slice: FileSlice;
  /** Text is stored as UTF-8. An empty one is another thing than none. */
  readonly source?: string | Uint8Array | undefined;
}

/** What is known of a file without its content. */
export interface ListedFile {
  readonly path: string;
  readonly isImport: boolean;
  /** SHA-256 of descriptor and source, verbatim, as hex digits: another one tells that the file changed. */
  readonly digest: string;
  /** SHA-256 of the descriptor without source info and what buf adds: the same in every module. */
  readonly shape: string;
}

/** The files of a version, in the order of its image. */
export interface FileList<File extends ListedFile = ListedFile> {
  readonly files: readonly File[];
  /** SHA-256 of paths, digests, import flags and order: equal where versions are equal to the byte. */
  readonly digest: string;
}

/** What a version is packed from. */
export type DraftList = FileList<ListedFile & PackFile>;

/**
 * Takes the digests of what is to be packed: that is most of the time of a publish of little, so it is done once.
 * @param before the last version, whose shapes are taken over where files are the same
 * @throws Proto4Error "image-corrupt" when a path leads out of its folder or is there twice
 */
export function listFiles(files: readonly PackFile[], before: FileList = noFiles): DraftList {
  checkPaths(files);
  const shapes = new Map(before.files.map(({ digest, shape }) => [digest, shape]));
  const listed = files.map(({ slice, source }) => {
    const digest = digestOf(slice.bytes, source);
    const shape = shapes.get(digest) ?? shapeOf(slice);
    return { path: slice.path, isImport: slice.isImport, digest, shape, slice, source };
  });
  return { files: listed, digest: digestOfList(listed) };
}

/** The list that a base pack builds on. */
export const noFiles: FileList = { files: [], digest: "" };

/** The descriptor's length comes first, so that what is at its end cannot pass for the source's begin. */
export function digestOf(descriptor: Uint8Array, source: string | Uint8Array | undefined): string {
  const head = Buffer.alloc(5);
  head.writeUInt32LE(descriptor.length);
  head[4] = source === undefined ? 0 : 1;
  const hash = createHash("sha256").update(head).update(descriptor);
  return (source === undefined ? hash : hash.update(source)).digest("hex");
}

export function digestOfList(files: readonly ListedFile[]): string {
  // No path has a line break: `isInside` refuses it.
  const lines = files.map(({ path, isImport, digest }) => `${digest} ${isImport ? 1 : 0} ${path}\n`);
  return createHash("sha256").update(lines.join("")).digest("hex");
}

function checkPaths(files: readonly PackFile[]): void {
  const paths = new Set<string>();
  for (const { slice } of files) {
    const { path } = slice;
    if (!isInside(path)) throw refused(path, "the path of this file leads out of its folder");
    if (paths.has(path)) throw refused(path, "this file is there twice");
    paths.add(path);
  }
}

function refused(path: string, what: string): Proto4Error {
  return new Proto4Error("image-corrupt", `${what}: it cannot be kept; rename it, or build the image again`, {
    location: { path },
  });
}
