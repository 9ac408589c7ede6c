import { sliceFile } from "../../image/index.js";
import { readRanges } from "./contents.js";
import { damaged } from "./damaged.js";
import { foldPacks } from "./fold.js";
import { digestOf } from "./list-files.js";
import { makeLru } from "./lru.js";
import { type OpenPack, openPack, type PackBlob } from "./open-pack.js";
import { shapeOf } from "./shape.js";
import { encodeSymbols } from "./symbol-index.js";
import { type SymbolPlace, symbolsOf } from "./symbols.js";

/**
 * Checks what opening a chain takes on trust: that each pack's files have the digests, shapes and symbols that it
 * says. One that a proto4 wrote does; this takes as long as packing without compressing.
 * @throws Proto4Error "store-invalid"
 */
export async function verifyPacks(blobs: readonly PackBlob[]): Promise<void> {
  const packs = await Promise.all(blobs.map(openPack));
  foldPacks(packs);
  for (const pack of packs) await verifyPack(pack);
}

async function verifyPack(pack: OpenPack): Promise<void> {
  // One of the descriptors and one of the sources at a time, and the next of each.
  const load = makeLru(4, pack.contents.inflate);
  const symbols: (readonly SymbolPlace[])[] = [];
  for (const number of pack.files.keys()) symbols.push(await verifyFile(pack, number, load));
  if (!encodeSymbols(symbols).equals(pack.index))
    throw damaged(pack.blob, "its symbol index is not that of its files");
}

/** @returns the symbols of the file */
async function verifyFile(
  { contents, files, blob }: OpenPack,
  number: number,
  load: (block: number) => Promise<Uint8Array>,
): Promise<readonly SymbolPlace[]> {
  const { path, digest, shape } = files[number]!;
  const sourceRange = contents.source(number);
  const ranges = [contents.descriptor(number), ...(sourceRange === undefined ? [] : [sourceRange])];
  const [descriptor, source] = await readRanges(ranges, load);
  if (digestOf(descriptor!, source) !== digest) throw damaged(blob, `${path} is not what its digest says`);
  try {
    const slice = sliceFile(descriptor!);
    if (slice.path === path && shapeOf(slice) === shape) return symbolsOf(slice);
  } catch (cause) {
    throw damaged(blob, `the descriptor of ${path} is malformed`, cause);
  }
  throw damaged(blob, `under ${path} it holds another file`);
}
