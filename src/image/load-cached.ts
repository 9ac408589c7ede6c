import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { findBuf } from "./find-buf.js";
import type { Image } from "./image.js";
import { listSources, type Sources } from "./list-sources.js";
import { type BufOptions, runBuf } from "./run-buf.js";
import { sliceImage } from "./slice-image.js";
import {
  type KeptPack,
  type Pack,
  type PackedSlice,
  readPacks,
  removePacks,
  writePack,
} from "./slice-pack.js";
import { importsOf } from "./with-imports.js";

/**
 * Loads sources and compiles only what no earlier run has compiled. A slice is known by the compiler, the
 * settings, the path and blob of its source and, because a descriptor also holds what imports mean, by the
 * keys of all it imports. Whatever is not found, or in doubt, buf compiles again.
 * @param cacheFolder where slices are kept; several processes may use it
 * @returns `undefined` where the input, or the compiler, is none whose state can be told from outside
 * @throws Proto4Error "compile-failed", "compiler-missing", "input-unreadable", "image-corrupt"
 */
export async function loadCached(
  input: string,
  cacheFolder: string,
  options: BufOptions,
): Promise<Image | undefined> {
  const [sources, compiler] = await Promise.all([listSources(input, options), identifyBuf()]);
  if (sources === undefined || compiler === undefined || sources.protos.size === 0) return undefined;
  const folder = join(cacheFolder, hash([VERSION, compiler, ...[...sources.settings].flat()]));
  return inTurn(() => loadFrom(folder, sources, input, options));
}

/** One after the other: what one side of a comparison had compiled, the other need not. */
function inTurn(load: () => Promise<Image>): Promise<Image> {
  const loading = turn.then(load, load);
  turn = loading;
  return loading;
}

let turn: Promise<unknown> = Promise.resolve();

async function loadFrom(
  folder: string,
  sources: Sources,
  input: string,
  options: BufOptions,
): Promise<Image> {
  const packs = await readPacks(folder);
  const { missing, image: kept } = assemble(sources, packs);
  if (kept !== undefined) return kept;
  if (packs.length > 0 && missing.length > 0 && missing.length <= MOST_PATHS) {
    const built = await build(input, options, missing.map(sources.toArgument));
    const pack = packOf(built, sources, packs, mergedRoots(packs), []);
    const whole = pack && assemble(sources, [...packs, pack]);
    if (pack !== undefined && whole?.image !== undefined) {
      await keep(folder, packs, pack, whole.used);
      return whole.image;
    }
  }
  const image = await build(input, options, []);
  const roots = rootsOf(image, sources);
  const whole = roots && packOf(image, sources, [], roots.roots, roots.omitted);
  if (whole !== undefined) await keep(folder, packs, whole, undefined);
  return image;
}

/** Small packs come with every change; when there are many, one of all that is in use takes their place. */
async function keep(
  folder: string,
  packs: readonly KeptPack[],
  pack: Pack,
  used: readonly PackedSlice[] | undefined,
): Promise<void> {
  try {
    const crowded = packs.length >= MOST_PACKS;
    await writePack(folder, crowded && used !== undefined ? { ...pack, slices: used } : pack);
    if (crowded) await removePacks(folder, packs);
  } catch {
    // A cache that cannot be written, on a full disk or in a sealed home, only costs time.
  }
}

async function build(input: string, options: BufOptions, paths: readonly string[]): Promise<Image> {
  return sliceImage(await runBuf("build", input, ["-o", "-#format=binpb"], { ...options, paths }), input);
}

/** buf as it lies on the disk: to ask it for its version takes longer. */
async function identifyBuf(): Promise<string | undefined> {
  const path = findBuf();
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? `${path} ${found.size} ${found.mtimeMs}` : undefined;
}

interface Assembly {
  /** Sources to compile. */
  readonly missing: readonly string[];
  /** `undefined` where something is missing. */
  readonly image: Image | undefined;
  readonly used: readonly PackedSlice[];
}

/** Puts together what is known, each file after its imports. */
function assemble(sources: Sources, packs: readonly Pack[]): Assembly {
  const find = makeFinder(sources, packs);
  const omitted = new Set(packs.flatMap((pack) => pack.omitted));
  const used = new Map<string, PackedSlice>();
  const missing: string[] = [];
  let closed = true;
  const add = (packed: PackedSlice): void => {
    if (used.has(packed.slice.path)) return;
    for (const name of importsOf(packed.slice)) {
      const imported = find.byImport(name);
      if (imported !== undefined) add(imported);
      else if (packed.slice.dependencies.includes(name)) closed = false;
    }
    used.set(packed.slice.path, packed);
  };
  for (const source of sources.protos.keys()) {
    if (omitted.has(source)) continue;
    const packed = find.bySource(source);
    if (packed === undefined) missing.push(source);
    else add(packed);
  }
  const all = [...used.values()];
  const complete = closed && missing.length === 0;
  return { missing, used: all, image: complete ? { files: all.map(({ slice }) => slice) } : undefined };
}

interface Finder {
  bySource(source: string): PackedSlice | undefined;
  byImport(name: string): PackedSlice | undefined;
}

function makeFinder(sources: Sources, packs: readonly Pack[]): Finder {
  const all = packs.flatMap((pack) => pack.slices);
  const byKey = new Map(all.map((packed) => [packed.key, packed]));
  const importsBySource = new Map(
    all.map(({ source, blob, slice }) => [`${blob} ${source}`, importsOf(slice)]),
  );
  const keyOf = makeKeys(sources, mergedRoots(packs), (source, blob) =>
    importsBySource.get(`${blob} ${source}`),
  );
  const get = (key: string | undefined) => (key === undefined ? undefined : byKey.get(key));
  return {
    bySource: (source) => get(keyOf.source(source)),
    byImport: (name) => get(keyOf.import(name)),
  };
}

/** The keys of sources and imports; `undefined` where something below was never compiled as it is now. */
function makeKeys(
  { protos }: Sources,
  roots: readonly string[],
  importsIn: (source: string, blob: string) => readonly string[] | undefined,
) {
  const keys = new Map<string, string | undefined>();
  const keyOfImport = (name: string): string | undefined => {
    const own = sourceOf(name, roots, protos);
    return own === undefined ? hash(["elsewhere", name]) : keyOfSource(own);
  };
  const keyOfSource = (source: string): string | undefined => {
    if (keys.has(source)) return keys.get(source);
    keys.set(source, undefined); // a circle does not compile
    const blob = protos.get(source);
    const imports = blob === undefined ? undefined : importsIn(source, blob);
    const below = imports?.map(keyOfImport);
    const key =
      blob === undefined || below === undefined || below.includes(undefined)
        ? undefined
        : hash(["source", source, blob, ...(below as string[]).sort()]);
    keys.set(source, key);
    return key;
  };
  return { source: keyOfSource, import: keyOfImport };
}

/** What was just compiled, under its keys; `undefined` where a file has no source among those listed. */
function packOf(
  image: Image,
  sources: Sources,
  packs: readonly Pack[],
  roots: readonly string[],
  omitted: readonly string[],
): Pack | undefined {
  const built = new Map(image.files.map((slice) => [slice.path, slice]));
  const known = new Map(
    packs.flatMap(({ slices }) =>
      slices.map(({ source, blob, slice }) => [`${blob} ${source}`, importsOf(slice)] as const),
    ),
  );
  const fresh = new Map(
    image.files.map((slice) => [sourceOf(slice.path, roots, sources.protos), importsOf(slice)]),
  );
  const keyOf = makeKeys(
    sources,
    roots,
    (source, blob) => fresh.get(source) ?? known.get(`${blob} ${source}`),
  );
  const slices: PackedSlice[] = [];
  for (const slice of built.values()) {
    const source = sourceOf(slice.path, roots, sources.protos);
    const key = source === undefined ? keyOf.import(slice.path) : keyOf.source(source);
    if (key === undefined || (source === undefined) !== slice.isImport) {
      // An import among the sources is compiled, and kept, as a file of its own.
      if (key !== undefined && slice.isImport) continue;
      return undefined;
    }
    slices.push({ key, source: source ?? "", blob: sources.protos.get(source ?? "") ?? "", slice });
  }
  return { slices, omitted, roots };
}

/** The source that an import means, if it is one of those listed. */
function sourceOf(name: string, roots: readonly string[], protos: Sources["protos"]): string | undefined {
  for (const root of roots) {
    const path = root === "." ? name : `${root}/${name}`;
    if (protos.has(path)) return path;
  }
  return undefined;
}

function mergedRoots(packs: readonly Pack[]): readonly string[] {
  return [...new Set(packs.flatMap(({ roots }) => roots))];
}

/** The folders that import paths start at; `undefined` where a file could be one of several sources. */
function rootsOf(image: Image, { protos }: Sources) {
  const wanted = new Set(image.files.filter((slice) => !slice.isImport).map(({ path }) => path));
  const roots = new Set<string>();
  const omitted: string[] = [];
  for (const source of protos.keys()) {
    const name = suffixes(source).find((suffix) => wanted.has(suffix));
    if (name === undefined) {
      omitted.push(source);
      continue;
    }
    wanted.delete(name);
    roots.add(source === name ? "." : source.slice(0, -name.length - 1));
  }
  return wanted.size === 0 ? { roots: [...roots], omitted } : undefined;
}

function suffixes(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, index) => parts.slice(index).join("/"));
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex");
}

/** Of what is kept; another one makes everything kept so far unknown. */
const VERSION = "1";

/** With more, buf is faster by compiling all. */
const MOST_PATHS = 300;

const MOST_PACKS = 8;
