import { Proto4Error } from "../diagnostics/index.js";
import { WireError, WireReader } from "../wire/index.js";
import type { FileSlice, Image } from "./image.js";

/**
 * Cuts a serialised `FileDescriptorSet` (or buf image, its superset) into files without decoding them: only
 * names and imports are read.
 * @param origin what to call the bytes in errors: a path or an input
 * @throws Proto4Error "image-corrupt" when the bytes are not an image, hold no file, one twice or not all imports
 */
export function sliceImage(bytes: Uint8Array, origin: string): Image {
  return checkClosed(readFiles(bytes, origin), origin);
}

function readFiles(bytes: Uint8Array, origin: string): FileSlice[] {
  try {
    const reader = new WireReader(bytes);
    const files: FileSlice[] = [];
    while (!reader.done) {
      const tag = reader.tag();
      if (tag === FILE) files.push(sliceFile(reader.subarray()));
      else if (tag >>> 3 === SET_EXTENSION) reader.skip(tag);
      else throw corrupt(origin, `it has a field ${tag >>> 3}, which no image has`);
    }
    return files;
  } catch (cause) {
    if (cause instanceof WireError) throw corrupt(origin, cause.message, cause);
    throw cause;
  }
}

/**
 * Reads the few facts of a serialised `FileDescriptorProto` that slicing needs.
 * @throws WireError when the bytes are malformed
 */
export function sliceFile(bytes: Uint8Array, isImport?: boolean): FileSlice {
  const reader = new WireReader(bytes);
  const dependencies: string[] = [];
  const publicIndexes: number[] = [];
  const optionDependencies: string[] = [];
  let path = "";
  let packageName = "";
  let importFlag = false;
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === NAME) path = readText(reader);
    else if (tag === PACKAGE) packageName = readText(reader);
    else if (tag === DEPENDENCY) dependencies.push(readText(reader));
    else if (tag === PUBLIC_DEPENDENCY) publicIndexes.push(reader.varint());
    else if (tag === PUBLIC_DEPENDENCY_PACKED) readPacked(reader, publicIndexes);
    else if (tag === OPTION_DEPENDENCY) optionDependencies.push(readText(reader));
    else if (tag === BUF_EXTENSION) importFlag = readIsImport(reader);
    else reader.skip(tag);
  }
  const publicDependencies = publicIndexes.flatMap((index) => dependencies[index] ?? []);
  return {
    path,
    package: packageName,
    dependencies,
    publicDependencies,
    optionDependencies,
    isImport: isImport ?? importFlag,
    bytes,
  };
}

/**
 * A string, read as Node's own buffers do, which takes a tenth off the time of slicing. They put U+FFFD for
 * what is not UTF-8: then the strict way decides.
 */
function readText(reader: WireReader): string {
  const start = reader.pos;
  const end = reader.lengthDelimited();
  const text = asBuffer(reader.bytes).toString("utf8", reader.pos, end);
  if (text.includes("\ufffd")) {
    reader.pos = start;
    return reader.string();
  }
  reader.pos = end;
  return text;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readPacked(reader: WireReader, into: number[]): void {
  const end = reader.lengthDelimited();
  while (reader.pos < end) into.push(reader.varint());
}

/** `buf.alpha.image.v1.ImageFileExtension.is_import`. */
function readIsImport(reader: WireReader): boolean {
  const inner = new WireReader(reader.subarray());
  let isImport = false;
  while (!inner.done) {
    const tag = inner.tag();
    if (tag === IS_IMPORT) isImport = inner.varint() !== 0;
    else inner.skip(tag);
  }
  return isImport;
}

/**
 * An image of these files.
 * @param origin what to call them in errors, in place of the one that is at fault
 * @throws Proto4Error "image-corrupt" when there is no file, or one has no name, is there twice or lacks an import
 */
export function checkClosed(files: readonly FileSlice[], origin?: string): Image {
  if (files.length === 0) throw corrupt(origin ?? "", "it holds no files");
  const paths = new Set<string>();
  for (const { path } of files) {
    if (path === "") throw corrupt(origin ?? "", "a file has no name");
    if (paths.has(path)) throw corrupt(origin ?? path, `it holds ${path} twice`);
    paths.add(path);
  }
  for (const { path, dependencies } of files)
    for (const dependency of dependencies)
      if (!paths.has(dependency))
        throw corrupt(origin ?? path, `${path} imports ${dependency}, which it does not hold`);
  return { files };
}

function corrupt(origin: string, what: string, cause?: unknown): Proto4Error {
  return new Proto4Error(
    "image-corrupt",
    `this is not a whole image: ${what}; build it again with buf build, or with protoc --include_imports`,
    { location: { path: origin }, cause },
  );
}

const FILE = (1 << 3) | 2;
/** The one extension range of `FileDescriptorSet`. */
const SET_EXTENSION = 536000000;
const NAME = (1 << 3) | 2;
const PACKAGE = (2 << 3) | 2;
const DEPENDENCY = (3 << 3) | 2;
const PUBLIC_DEPENDENCY = 10 << 3;
const PUBLIC_DEPENDENCY_PACKED = (10 << 3) | 2;
const OPTION_DEPENDENCY = (15 << 3) | 2;
const BUF_EXTENSION = (8042 << 3) | 2;
const IS_IMPORT = 1 << 3;
