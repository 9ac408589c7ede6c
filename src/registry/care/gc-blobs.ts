import { digestIn } from "../store/layout.js";
import { loadExactly } from "../store/load-exactly.js";
import type { Store, StoreEntry } from "../store/store.js";

/** Blobs, whose keys may be several each, and their bytes. */
export interface Amount {
  readonly blobs: number;
  readonly bytes: number;
}

/** The keys of blobs that are not among the reachable ones; what is no blob's is left alone. */
export function unreachableOf(keys: readonly string[], reachable: ReadonlySet<string>): readonly string[] {
  return keys.filter((key) => {
    const digest = digestIn(key);
    return digest !== undefined && !reachable.has(digest);
  });
}

export function countBlobs(keys: readonly string[]): number {
  return new Set(keys.map(digestIn)).size;
}

/** Runs of keys, as many as are read, and deleted, at once: a value has up to 524,288 bytes. */
export function* chunksOf(keys: readonly string[]): Iterable<readonly string[]> {
  for (let start = 0; start < keys.length; start += chunkKeys) yield keys.slice(start, start + chunkKeys);
}

/** Reads them all, some at a time, since no store tells the length of a value alone. */
export async function measureBlobs(store: Store, keys: readonly string[]): Promise<Amount> {
  let bytes = 0;
  for (const chunk of chunksOf(keys)) bytes += lengthOf(await loadExactly(store, chunk));
  return { blobs: countBlobs(keys), bytes };
}

export function lengthOf(entries: readonly StoreEntry[]): number {
  return entries.reduce((sum, { value }) => sum + value.length, 0);
}

const chunkKeys = 32;
