import type { Image } from "./image.js";
import type { Sources } from "./list-sources.js";
import type { Pack, PackedSlice } from "./slice-pack.js";
import { makeSourceKeys } from "./source-keys.js";
import { importsOf } from "./with-imports.js";

/** What is known of an input that was compiled before. */
export interface Assembly {
  /** Sources to compile. */
  readonly missing: readonly string[];
  /** `undefined` where something is missing. */
  readonly image: Image | undefined;
  readonly used: readonly PackedSlice[];
}

/** Puts together what is known, each file after its imports. */
export function assemble(sources: Sources, packs: readonly Pack[]): Assembly {
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

/** The folders that import paths start at in any of the packs. */
export function mergedRoots(packs: readonly Pack[]): readonly string[] {
  return [...new Set(packs.flatMap(({ roots }) => roots))];
}

/** What a source imports, if one of the packs has it. */
export function importsIn(
  packs: readonly Pack[],
  source: string,
  blob: string,
): readonly string[] | undefined {
  const packed = first(packs, (pack) => pack.bySource.get(`${blob} ${source}`));
  return packed && importsOf(packed.slice);
}

interface Finder {
  bySource(source: string): PackedSlice | undefined;
  byImport(name: string): PackedSlice | undefined;
}

function makeFinder(sources: Sources, packs: readonly Pack[]): Finder {
  const keys = makeSourceKeys(sources, mergedRoots(packs), (source, blob) => importsIn(packs, source, blob));
  const get = (key: string | undefined) =>
    key === undefined ? undefined : first(packs, (pack) => pack.byKey.get(key));
  return {
    bySource: (source) => get(keys.source(source)),
    byImport: (name) => get(keys.import(name)),
  };
}

/** Of two packs that hold something, the later one counts. */
function first<T>(packs: readonly Pack[], find: (pack: Pack) => T | undefined): T | undefined {
  for (let i = packs.length - 1; i >= 0; i--) {
    const found = find(packs[i]!);
    if (found !== undefined) return found;
  }
  return undefined;
}
