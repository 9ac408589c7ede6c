import type { Image } from "./image.js";
import type { Sources } from "./list-sources.js";
import { type Pack, type PackedSlice, sourceKey } from "./slice-pack.js";
import { keyElsewhere, type Layout, makeKey, makeSourceOf } from "./source-keys.js";
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
  const layout = mergedLayout(packs);
  const omitted = new Set(layout.omitted);
  const walk = makeWalk(sources, packs, layout);
  const missing: string[] = [];
  for (const source of sources.protos.keys())
    if (!omitted.has(source) && walk.visitSource(source) === undefined) missing.push(source);
  // What `import option` names may be left out of an image.
  const isClosed = !walk.used.some(({ slice }) => slice.dependencies.some((name) => walk.absent.has(name)));
  const complete = isClosed && missing.length === 0;
  const image = complete ? { files: walk.used.map(({ slice }) => slice) } : undefined;
  return { missing, used: walk.used, image };
}

/** What any of the packs knows, which holds for all: they are of the same settings. */
export function mergedLayout(packs: readonly Pack[]): Layout {
  return {
    roots: [...new Set(packs.flatMap(({ roots }) => roots))],
    omitted: [...new Set(packs.flatMap(({ omitted }) => omitted))],
  };
}

/** What a source imports, if one of the packs has it. */
export function importsIn(
  packs: readonly Pack[],
  source: string,
  blob: string,
): readonly string[] | undefined {
  for (const { bySource } of packs) {
    const packed = bySource.get(sourceKey(source, blob));
    if (packed !== undefined) return importsOf(packed.slice);
  }
  return undefined;
}

/** Visits what an input is made of, imports first; a source or import that is not known has no key. */
function makeWalk({ protos }: Sources, packs: readonly Pack[], layout: Layout) {
  const sourceOf = makeSourceOf(layout, protos);
  const used: PackedSlice[] = [];
  const [keysOfSources, keysOfImports] = [new Map<string, string | undefined>(), new Map<string, string>()];
  const absent = new Set<string>();

  function visitSource(source: string): string | undefined {
    if (keysOfSources.has(source)) return keysOfSources.get(source);
    keysOfSources.set(source, undefined); // a circle does not compile
    const blob = protos.get(source)!;
    const key = makeKey(source, blob, importsIn(packs, source, blob)?.map(visitImport));
    const packed = find(key);
    if (packed === undefined) return undefined;
    used.push(packed);
    keysOfSources.set(source, key);
    return key;
  }

  function visitImport(name: string): string | undefined {
    const own = sourceOf(name);
    return own === undefined ? visitElsewhere(name) : visitSource(own);
  }

  function visitElsewhere(name: string): string {
    const known = keysOfImports.get(name);
    if (known !== undefined) return known;
    const key = keyElsewhere(name);
    keysOfImports.set(name, key);
    const packed = find(key);
    if (packed === undefined) absent.add(name);
    else {
      for (const inner of importsOf(packed.slice)) visitImport(inner);
      used.push(packed);
    }
    return key;
  }

  function find(key: string | undefined): PackedSlice | undefined {
    if (key === undefined) return undefined;
    for (const { byKey } of packs) {
      const packed = byKey.get(key);
      if (packed !== undefined) return packed;
    }
    return undefined;
  }

  return { used, absent, visitSource };
}
