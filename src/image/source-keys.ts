import { createHash } from "node:crypto";
import type { Sources } from "./list-sources.js";

/** The keys of sources and imports; `undefined` where something below was never compiled as it is now. */
export interface SourceKeys {
  source(path: string): string | undefined;
  import(name: string): string | undefined;
}

/**
 * Makes the keys under which slices are kept. A descriptor also holds what imports mean: so a key is made of the path
 * and blob of a source and of the keys of all it imports.
 * @param roots folders that import paths start at
 * @param importsIn what a source imports, if it was ever compiled
 */
export function makeSourceKeys(
  { protos }: Sources,
  roots: readonly string[],
  importsIn: (source: string, blob: string) => readonly string[] | undefined,
): SourceKeys {
  const keys = new Map<string, string | undefined>();
  const keyOfImport = (name: string): string | undefined => {
    const own = sourceOf(name, roots, protos);
    return own === undefined ? `elsewhere ${name}` : keyOfSource(own);
  };
  const keyOfSource = (source: string): string | undefined => {
    if (keys.has(source)) return keys.get(source);
    keys.set(source, undefined); // a circle does not compile
    const blob = protos.get(source);
    const imports = blob === undefined ? undefined : importsIn(source, blob);
    const key = imports && makeKey(source, blob!, imports.map(keyOfImport));
    keys.set(source, key);
    return key;
  };
  return { source: keyOfSource, import: keyOfImport };
}

/** The source that an import means, if it is one of those listed. */
export function sourceOf(
  name: string,
  roots: readonly string[],
  protos: Sources["protos"],
): string | undefined {
  for (const root of roots) {
    const path = root === "." ? name : `${root}/${name}`;
    if (protos.has(path)) return path;
  }
  return undefined;
}

function makeKey(source: string, blob: string, below: readonly (string | undefined)[]): string | undefined {
  if (below.includes(undefined)) return undefined;
  const content = `${blob} ${below.join(" ")}`;
  const known = lastMade.get(source);
  if (known?.content === content) return known.key;
  const key = createHash("sha256").update(`${source}\0${content}`).digest("base64url");
  lastMade.set(source, { content, key });
  return key;
}

/** By source: the two sides of a comparison are nearly the same, and to make a key takes its time. */
const lastMade = new Map<string, { readonly content: string; readonly key: string }>();
