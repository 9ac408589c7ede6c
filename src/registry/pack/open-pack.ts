import { type Contents, openContents } from "./contents.js";
import { damaged } from "./damaged.js";
import { inflated } from "./deflate.js";
import { type Section, splitFrame } from "./frame.js";
import { type PackHeader, parseHeader } from "./header.js";
import type { ListedFile } from "./list-files.js";
import { decodeSymbols, type SymbolRows } from "./symbol-index.js";

/** Bytes from a store, under their SHA-256 in hex digits, by which errors call them. */
export interface PackBlob {
  readonly digest: string;
  readonly bytes: Uint8Array;
}

/** A file of a pack, and where it lies. */
export interface PlacedFile extends ListedFile {
  /** Number of the pack in the chain, and of the file in the pack. */
  readonly pack: number;
  readonly number: number;
}

/** One pack by itself. */
export interface OpenPack {
  readonly blob: string;
  readonly header: PackHeader;
  readonly files: readonly PlacedFile[];
  readonly contents: Contents;
  /** As it lies in the pack, and taken apart. */
  readonly index: Uint8Array;
  readonly symbols: SymbolRows;
}

/**
 * Reads all but the contents.
 * @param pack its number in the chain
 * @throws Proto4Error "store-invalid" for what is no whole pack
 */
export async function openPack({ digest: blob, bytes }: PackBlob, pack: number): Promise<OpenPack> {
  const frame = splitFrame(bytes, blob);
  const [head, index] = await Promise.all([
    inflateSection(frame.header, blob, "header"),
    inflateSection(frame.index, blob, "symbol index"),
  ]);
  const header = parseHeader(head, blob);
  return {
    blob,
    header,
    files: listOf(header, pack),
    contents: openContents(header, frame.contents, blob),
    index,
    symbols: decodeSymbols(index, header.descriptors, blob),
  };
}

function inflateSection({ packed, length }: Section, blob: string, what: string): Promise<Uint8Array> {
  return inflated(packed, length).catch((cause: Error) => {
    throw damaged(blob, `its ${what}: ${cause.message}`, cause);
  });
}

function listOf(header: PackHeader, pack: number): readonly PlacedFile[] {
  const isImport = new Set(header.imports);
  const [digests, shapes] = [toHex(header.digests), toHex(header.shapes)];
  return header.paths.map((path, number) => ({
    path,
    isImport: isImport.has(number),
    digest: digests.slice(64 * number, 64 * number + 64),
    shape: shapes.slice(64 * number, 64 * number + 64),
    pack,
    number,
  }));
}

function toHex(base64: string): string {
  return Buffer.from(base64, "base64").toString("hex");
}
