import { createHash } from "node:crypto";
import type { Sources } from "./list-sources.js";

/** The key of a source or an import; `undefined` where something below was never compiled as it is now. */
export type Key = string | undefined;

/**
 * The key under which the slice of a source is kept. A descriptor also holds what imports mean: so it is made of the
 * path and blob of the source and of the keys of all it imports.
 */
export function makeKey(source: string, blob: string, below: readonly Key[] | undefined): Key {
  if (below === undefined || below.includes(undefined)) return undefined;
  const known = lastMade.get(source);
  if (known?.blob === blob && known.below.every((key, index) => key === below[index])) return known.key;
  const key = createHash("sha256")
    .update([source, blob, ...below].join("\0"))
    .digest("base64url");
  lastMade.set(source, { blob, below, key });
  return key;
}

/** By source: the two sides of a comparison are nearly the same, and to make a key takes its time. */
const lastMade = new Map<
  string,
  { readonly blob: string; readonly below: readonly Key[]; readonly key: string }
>();

/** The key of what comes with the compiler. */
export function keyElsewhere(name: string): string {
  return `elsewhere ${name}`;
}

/** How import paths and sources belong together; the settings alone decide it. */
export interface Layout {
  /** Folders that import paths start at. */
  readonly roots: readonly string[];
  /** Sources that buf leaves out. */
  readonly omitted: readonly string[];
}

/** Finds the source that an import means, if it is one of those listed; what buf leaves out, nothing means. */
export function makeSourceOf(
  layout: Layout,
  protos: Sources["protos"],
): (name: string) => string | undefined {
  const omitted = new Set(layout.omitted);
  return (name) => {
    for (const root of layout.roots) {
      const path = root === "." ? name : `${root}/${name}`;
      if (protos.has(path) && !omitted.has(path)) return path;
    }
    return undefined;
  };
}
