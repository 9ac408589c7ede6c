import type { ErrorLocation } from "../../diagnostics/index.js";
import type { Image } from "../../image/index.js";
import { readSingleFile, type SchemaFile } from "../../schema/index.js";
import { encode, packed } from "./encode.js";

/**
 * Spells places of an image as `buf.plugin.descriptor.v1.FileLocation`: buf wants paths in descriptors, of which it
 * makes lines and columns again, and below which it looks for comments that ignore.
 * @returns for a place, the message; `undefined` for a file that the image lacks, with which buf would refuse all
 */
export function makeFileLocations(image: Image): (at: ErrorLocation | undefined) => Uint8Array | undefined {
  const slices = new Map(image.files.map((slice) => [slice.path, slice]));
  const files = new Map<string, SchemaFile>();
  return (at) => {
    const slice = at && slices.get(at.path);
    if (at === undefined || slice === undefined) return undefined;
    const file = files.get(at.path) ?? readSingleFile(slice, false).file;
    files.set(at.path, file);
    const path = sourcePath(file, at);
    return encode([1, at.path], [2, path && packed(path)]);
  };
}

function sourcePath(
  file: SchemaFile,
  { startLine, startColumn, endLine, endColumn }: ErrorLocation,
): readonly number[] | undefined {
  if (startLine === undefined || startColumn === undefined) return undefined;
  if (endLine === undefined || endColumn === undefined) return undefined;
  return file.sourceInfo.pathAt([startLine - 1, startColumn - 1, endLine - 1, endColumn - 1]);
}
