import { createHash } from "node:crypto";
import type { MessageInitShape } from "@bufbuild/protobuf";
import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { sliceFile } from "../../../src/image/index.js";
import {
  listFiles,
  openPacks,
  type PackBlob,
  type PackFile,
  packBase,
  packDelta,
} from "../../../src/registry/pack/index.js";

export type FileInit = MessageInitShape<typeof FileDescriptorProtoSchema>;

/** A compiled file as a compiler would give it. */
export function makeFile(init: FileInit, source?: string | Uint8Array, isImport = false): PackFile {
  const bytes = toBinary(FileDescriptorProtoSchema, create(FileDescriptorProtoSchema, init));
  return { slice: sliceFile(bytes, isImport), source };
}

export function toBlob(bytes: Uint8Array): PackBlob {
  return { digest: digestOf(bytes), bytes };
}

function digestOf(bytes: string | Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** A chain of packs: a base of the first version, and a delta for each other one. */
export async function packChain(versions: readonly (readonly PackFile[])[]): Promise<readonly PackBlob[]> {
  const chain: PackBlob[] = [];
  for (const files of versions) {
    const before = chain.length === 0 ? undefined : await openPacks(chain);
    const list = listFiles(files, before);
    const packed = await (before === undefined ? packBase(list) : packDelta(before, list));
    chain.push(toBlob(packed.bytes));
  }
  return chain;
}

/** What a version holds, short enough to be compared fast: the slices, with digests for bytes. */
export function contentOf(files: readonly PackFile[]) {
  return files.map(({ slice, source }) => ({
    slice: { ...slice, bytes: digestOf(slice.bytes) },
    source: source === undefined ? undefined : digestOf(source),
  }));
}

export async function contentOfPacks(chain: readonly PackBlob[]) {
  const version = await openPacks(chain);
  const [image, sources] = [await version.image(), await version.sources()];
  return contentOf(image.files.map((slice) => ({ slice, source: sources.get(slice.path) })));
}
