import { type Contents, openContents } from "./contents.js";
import { damaged } from "./damaged.js";
import { inflated } from "./deflate.js";
import { type Section, splitFrame } from "./frame.js";
import { type PackHeader, parseHeader } from "./header.js";
import type { ListedFile } from "./list-files.js";
import { decodeSymbols, type SymbolColumns } from "./symbol-index.js";

/** Bytes from a store, under their SHA-256 in hex digits, by which errors call them. */
export interface PackBlob {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** One pack by itself. */
export interface OpenPack {
  readonly blob: string;
  readonly header: PackHeader;
  readonly files: readonly ListedFile[];
  readonly contents: Contents;
  readonly index: Uint8Array;
  readonly columns: SymbolColumns;
}

/** Reads all but the contents. @throws Proto4Error "store-invalid" for what is no whole pack */
export async function openPack({ digest: blob, bytes }: PackBlob): Promise<OpenPack> {
  const frame = splitFrame(bytes, blob);
  const [head, index] = await Promise.all([
    inflateSection(frame.header, blob, "header"),
    inflateSection(frame.index, blob, "symbol index"),
  ]);
  const header = parseHeader(head, blob);
  return {
    blob,
    header,
    files: listOf(header),
    contents: openContents(header, frame.contents, blob),
    index,
    columns: decodeSymbols(index, header.descriptors, blob),
  };
}

function inflateSection({ packed, length }: Section, blob: string, what: string): Promise<Uint8Array> {
  return inflated(packed, length).catch((cause: Error) => {
    throw damaged(blob, `its ${what}: ${cause.message}`, cause);
  });
}

function listOf({ paths, imports, digests, shapes }: PackHeader): readonly ListedFile[] {
  const isImport = new Set(imports);
  return paths.map((path, number) => ({
    path,
    isImport: isImport.has(number),
    digest: digests.slice(64 * number, 64 * number + 64),
    shape: shapes.slice(64 * number, 64 * number + 64),
  }));
}
