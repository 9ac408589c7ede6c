import { importsIn } from "./assemble.js";
import type { Image } from "./image.js";
import type { Sources } from "./list-sources.js";
import { makePack, type Pack, type PackedSlice } from "./slice-pack.js";
import { type Key, keyElsewhere, type Layout, makeKey, makeSourceOf } from "./source-keys.js";
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
  layout: Layout,
): Pack | undefined {
  const sourceOf = makeSourceOf(layout, sources.protos);
  const fresh = new Map(image.files.map((slice) => [sourceOf(slice.path), importsOf(slice)]));
  const keyOf = makeKeys(
    sources,
    sourceOf,
    (source, blob) => fresh.get(source) ?? importsIn(known, source, blob),
  );
  const slices: PackedSlice[] = [];
  for (const slice of image.files) {
    const source = sourceOf(slice.path);
    const key = keyOf(slice.path);
    if (key === undefined || (source === undefined) !== slice.isImport) {
      // An import among the sources is compiled, and kept, as a file of its own.
      if (key !== undefined && slice.isImport) continue;
      return undefined;
    }
    slices.push({ key, source: source ?? "", blob: sources.protos.get(source ?? "") ?? "", slice });
  }
  return makePack(slices, layout);
}

function makeKeys(
  { protos }: Sources,
  sourceOf: (name: string) => string | undefined,
  importsOfSource: (source: string, blob: string) => readonly string[] | undefined,
): (name: string) => Key {
  const keys = new Map<string, Key>();
  return keyOf;

  function keyOf(name: string): Key {
    const source = sourceOf(name);
    if (source === undefined) return keyElsewhere(name);
    if (keys.has(source)) return keys.get(source);
    keys.set(source, undefined); // a circle does not compile
    const blob = protos.get(source)!;
    const key = makeKey(source, blob, importsOfSource(source, blob)?.map(keyOf));
    keys.set(source, key);
    return key;
  }
}
