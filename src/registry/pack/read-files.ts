import { type FileSlice, type Image, sliceFile } from "../../image/index.js";
import { WireError } from "../../wire/index.js";
import { type Contents, type Range, readRanges } from "./contents.js";
import { damaged } from "./damaged.js";
import type { ListedFile } from "./list-files.js";
import { makeLru } from "./lru.js";
import type { OpenPack, PlacedFile } from "./open-pack.js";

/** Reads the contents of a version; all of it throws Proto4Error "store-invalid" where they are damaged. */
export interface FileReader {
  /**
   * All files, verbatim and in order.
   * @param shared slices that are at hand, by what `sliceKey` says, of versions read before: what they have in common is
   * read once. Those read now are added
   */
  image(shared?: Map<string, FileSlice>): Promise<Image>;
  /** One file of the image; `undefined` where it has none of this path. */
  file(path: string): Promise<FileSlice | undefined>;
  /** `undefined` for a file without source, and where there is no such file. */
  source(path: string): Promise<Uint8Array | undefined>;
  /** Of all files that have one, in the order of the image. */
  sources(): Promise<ReadonlyMap<string, Uint8Array>>;
}

/** Reads a part of the descriptor of a file that there is. */
export type ReadPart = (path: string, part: Range) => Promise<Uint8Array>;

export function makeFileReader(
  packs: readonly OpenPack[],
  files: readonly PlacedFile[],
): FileReader & { readonly readPart: ReadPart } {
  let placed: ReadonlyMap<string, PlacedFile> | undefined;
  const blocks = makeLru(keptBlocks, (key) =>
    packs[Math.floor(key / maxBlocks)]!.contents.inflate(key % maxBlocks),
  );

  /** The map is made for who asks first: most that open a version only list it, or look for names. */
  function at(path: string): PlacedFile | undefined {
    placed ??= new Map(files.map((file) => [file.path, file]));
    return placed.get(path);
  }

  /** Of one file after the other, so what was inflated is kept a while. */
  async function readOne({ pack }: PlacedFile, range: Range): Promise<Uint8Array> {
    const [bytes] = await readRanges([range], (block) => blocks(pack * maxBlocks + block));
    // By itself: a view would hold on to a whole block.
    return Buffer.from(bytes!);
  }

  return {
    image: async (shared = new Map()) => {
      const missing = files.filter((file) => !shared.has(sliceKey(file)));
      const ranges = missing.map((file) => descriptorOf(packs, file));
      const bytes = await readAll(packs, missing, ranges);
      for (const [i, file] of missing.entries()) shared.set(sliceKey(file), toSlice(packs, file, bytes[i]!));
      return { files: files.map((file) => shared.get(sliceKey(file))!) };
    },
    file: async (path) => {
      const file = at(path);
      return file && toSlice(packs, file, await readOne(file, descriptorOf(packs, file)));
    },
    source: async (path) => {
      const file = at(path);
      const range = file && sourceOf(packs, file);
      return file && range && readOne(file, range);
    },
    sources: async () => {
      const having = files.filter((file) => sourceOf(packs, file) !== undefined);
      const bytes = await readAll(
        packs,
        having,
        having.map((file) => sourceOf(packs, file)!),
      );
      return new Map(having.map(({ path }, i) => [path, bytes[i]!]));
    },
    readPart: (path, { start, length }) => {
      const file = at(path)!;
      return readOne(file, { start: descriptorOf(packs, file).start + start, length });
    },
  };
}

/** What makes two slices the same. */
export function sliceKey({ path, isImport, digest }: ListedFile): string {
  return `${digest} ${isImport} ${path}`;
}

function descriptorOf(packs: readonly OpenPack[], { pack, number }: PlacedFile): Range {
  return packs[pack]!.contents.descriptor(number);
}

function sourceOf(packs: readonly OpenPack[], { pack, number }: PlacedFile): Range | undefined {
  return packs[pack]!.contents.source(number);
}

/** Inflates each block once, and keeps none longer than what is read lives. */
async function readAll(
  packs: readonly OpenPack[],
  files: readonly PlacedFile[],
  ranges: readonly Range[],
): Promise<readonly Uint8Array[]> {
  const all = new Array<Uint8Array>(files.length);
  for (const [pack, { contents }] of packs.entries()) await readFrom(contents, pack);
  return all;

  async function readFrom(contents: Contents, pack: number): Promise<void> {
    const mine = files.flatMap((file, i) => (file.pack === pack ? [i] : []));
    const read = await readRanges(
      mine.map((i) => ranges[i]!),
      contents.inflate,
    );
    for (const [at, i] of mine.entries()) all[i] = read[at]!;
  }
}

/** What a slice knows of its file is read anew: that takes less time than to keep it in the header. */
function toSlice(packs: readonly OpenPack[], file: PlacedFile, bytes: Uint8Array): FileSlice {
  const { blob } = packs[file.pack]!;
  try {
    const slice = sliceFile(bytes, file.isImport);
    if (slice.path === file.path) return slice;
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw damaged(blob, `the descriptor of ${file.path}: ${cause.message}`, cause);
  }
  throw damaged(blob, `under ${file.path} it holds another file`);
}

/** 8 MB inflated. */
const keptBlocks = 32;
/** More than `maxContentBytes` can fill. */
const maxBlocks = 2 ** 20;
