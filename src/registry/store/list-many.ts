import { maxOperations } from "./limits.js";
import type { Freshness, Store, StoreEntry } from "./store.js";

/** What `listAll` gives, for any number of prefixes: up to 64 are of one moment, what is more is asked afterwards. */
export async function listMany(
  store: Store,
  prefixes: readonly string[],
  freshness?: Freshness,
): Promise<readonly (readonly StoreEntry[])[]> {
  const found: (readonly StoreEntry[])[] = [];
  for (let start = 0; start < prefixes.length; start += maxOperations)
    found.push(...(await store.listAll(prefixes.slice(start, start + maxOperations), freshness)));
  return found;
}
