import { makeSymbolFinder, type SymbolFinder } from "./find-symbols.js";
import { foldPacks } from "./fold.js";
import { type FileList, noFiles } from "./list-files.js";
import { openPack, type PackBlob } from "./open-pack.js";
import { type FileReader, makeFileReader } from "./read-files.js";

/** A version whose contents are inflated when somebody asks for them, and only those. */
export interface OpenVersion extends FileList, FileReader, SymbolFinder {}

/**
 * Opens the last version of a chain of packs.
 * @param blobs base pack first; whoever read them has compared them with their digests
 * @throws Proto4Error "store-invalid" when a pack is damaged or does not follow the one before it
 */
export async function openPacks(blobs: readonly PackBlob[]): Promise<OpenVersion> {
  const packs = await Promise.all(blobs.map(openPack));
  const files = foldPacks(packs);
  const { readPart, ...reader } = makeFileReader(packs, files);
  const digest = packs.at(-1)?.header.digest ?? noFiles.digest;
  return { files, digest, ...reader, ...makeSymbolFinder(packs, files, readPart) };
}
