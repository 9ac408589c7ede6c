import type { Store, StoreEntry } from "./store.js";

/** @param keys 1 to 64. @returns the entries of those that are there, all of one moment */
export async function loadExactly(store: Store, keys: readonly string[]): Promise<readonly StoreEntry[]> {
  const found = await store.listAll(keys);
  // Another key may begin as this one does.
  return keys.flatMap((key, place) => found[place]!.find((entry) => entry.key === key) ?? []);
}
