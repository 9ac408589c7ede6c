import { importsIn } from "./assemble.js";
import type { Image } from "./image.js";
import type { Sources } from "./list-sources.js";
import { makePack, type Pack, type PackedSlice } from "./slice-pack.js";
import { type Key, keyElsewhere, makeKey, sourceOf } from "./source-keys.js";
import { importsOf } from "./with-imports.js";

/**
 * What was just compiled, under its keys.
 * @param known packs that tell what files import that were not compiled now
 * @returns `undefined` where a file has no source among those listed
 */
export function packImage(
  image: Image,
  sources: Sources,
  known: readonly Pack[],
  { roots, omitted }: Layout,
): Pack | undefined {
  const fresh = new Map(
    image.files.map((slice) => [sourceOf(slice.path, roots, sources.protos), importsOf(slice)]),
  );
  const keyOf = makeKeys(
    sources,
    roots,
    (source, blob) => fresh.get(source) ?? importsIn(known, source, blob),
  );
  const slices: PackedSlice[] = [];
  for (const slice of image.files) {
    const source = sourceOf(slice.path, roots, sources.protos);
    const key = keyOf(slice.path);
    if (key === undefined || (source === undefined) !== slice.isImport) {
      // An import among the sources is compiled, and kept, as a file of its own.
      if (key !== undefined && slice.isImport) continue;
      return undefined;
    }
    slices.push({ key, source: source ?? "", blob: sources.protos.get(source ?? "") ?? "", slice });
  }
  return makePack(slices, omitted, roots);
}

function makeKeys(
  { protos }: Sources,
  roots: readonly string[],
  importsOfSource: (source: string, blob: string) => readonly string[] | undefined,
): (name: string) => Key {
  const keys = new Map<string, Key>();
  return keyOf;

  function keyOf(name: string): Key {
    const source = sourceOf(name, roots, protos);
    if (source === undefined) return keyElsewhere(name);
    if (keys.has(source)) return keys.get(source);
    keys.set(source, undefined); // a circle does not compile
    const blob = protos.get(source)!;
    const key = makeKey(source, blob, importsOfSource(source, blob)?.map(keyOf));
    keys.set(source, key);
    return key;
  }
}

/** How import paths and sources belong together. */
export type Layout = Pick<Pack, "roots" | "omitted">;

/** The folders that import paths start at; `undefined` where a file could be one of several sources. */
export function layoutOf(image: Image, { protos }: Sources): Layout | undefined {
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
