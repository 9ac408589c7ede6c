import { Proto4Error } from "../../diagnostics/index.js";
import { packContents } from "./contents.js";
import { deflated } from "./deflate.js";
import { joinFrame, type Section } from "./frame.js";
import { contentLength, type PackHeader } from "./header.js";
import { maxContentBytes, maxHeaderBytes, maxIndexBytes } from "./limits.js";
import { type DraftList, type FileList, type ListedFile, noFiles, type PackFile } from "./list-files.js";
import { toRuns } from "./order.js";
import { encodeSymbols } from "./symbol-index.js";
import { symbolsOf } from "./symbols.js";

/** A version ready to be stored. */
export interface Packed {
  /** The same for the same input and zlib. */
  readonly bytes: Uint8Array;
  /** How many files are in it: in a delta those that are new or another than before. */
  readonly changed: number;
}

/** Packs all of a version. @throws Proto4Error "image-corrupt", or "usage" for more than a pack holds */
export function packBase(list: DraftList): Promise<Packed> {
  return packDelta(noFiles, list);
}

/**
 * Packs what a version has that the one before has not, and the order of all.
 * @param before what `openPacks` gives of the chain that the pack is to follow
 * @throws Proto4Error "image-corrupt", or "usage" for more than a pack holds
 */
export async function packDelta(before: FileList, list: DraftList): Promise<Packed> {
  const there = new Map(before.files.map((file, number) => [keyOf(file), number]));
  const fresh = list.files.filter((file) => !there.has(keyOf(file))).sort(byPath);
  for (const [at, file] of fresh.entries()) there.set(keyOf(file), before.files.length + at);
  const index = encodeSymbols(fresh.map(({ slice }) => symbolsOf(slice)));
  const header = {
    before: before.files.length,
    beforeDigest: before.digest,
    order: toRuns(list.files.map((file) => there.get(keyOf(file))!)),
    digest: list.digest,
    ...columnsOf(fresh),
  };
  checkSize(contentLength({ ...header, blocks: [] }), maxContentBytes);
  const blocks = await packContents(contentsOf(fresh));
  const lengths = { blocks: blocks.map(({ length }) => length) } as const;
  const head: PackHeader = { ...header, ...lengths };
  const sections = [Buffer.from(JSON.stringify(head)), index] as const;
  checkSize(sections[0].length, maxHeaderBytes);
  checkSize(index.length, maxIndexBytes);
  const [first, second] = await Promise.all(sections.map(toSection));
  return { bytes: joinFrame(first!, second!, blocks), changed: fresh.length };
}

/** A file of which only this flag changed is packed again: that is rare, and needs no case of its own. */
function keyOf({ path, isImport, digest }: ListedFile): string {
  return `${digest} ${isImport} ${path}`;
}

/** Files of a folder are alike, and compress well side by side. */
function byPath(a: ListedFile, b: ListedFile): number {
  return a.path < b.path ? -1 : 1;
}

function columnsOf(fresh: readonly (ListedFile & PackFile)[]) {
  return {
    paths: fresh.map(({ path }) => path),
    imports: fresh.flatMap(({ isImport }, number) => (isImport ? [number] : [])),
    digests: toBase64(fresh.map(({ digest }) => digest)),
    shapes: toBase64(fresh.map(({ shape }) => shape)),
    descriptors: fresh.map(({ slice }) => slice.bytes.length),
    sources: fresh.map(({ source }) => (source === undefined ? -1 : Buffer.byteLength(source))),
  };
}

function toBase64(digests: readonly string[]): string {
  return Buffer.from(digests.join(""), "hex").toString("base64");
}

/** Texts become bytes one by one, as they are compressed. */
function* contentsOf(fresh: readonly (ListedFile & PackFile)[]): Iterable<Uint8Array> {
  for (const { slice } of fresh) yield slice.bytes;
  for (const { source } of fresh)
    if (source !== undefined) yield typeof source === "string" ? Buffer.from(source) : source;
}

async function toSection(raw: Uint8Array): Promise<Section> {
  return { packed: await deflated(raw), length: raw.length };
}

function checkSize(size: number, most: number): void {
  if (size <= most) return;
  const message = `a part of the version is ${size} bytes, and a pack holds ${most}: divide it into several subjects`;
  throw new Proto4Error("usage", message);
}
