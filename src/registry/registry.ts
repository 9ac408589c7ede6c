import { type BlobCache, folderCache, noCache } from "./blob-cache.js";
import { checkLayout, layout } from "./store/check-layout.js";
import { layoutKey, packagesKey } from "./store/layout.js";
import { openStore } from "./store/open-store.js";
import { readLayout } from "./store/records.js";
import type { Store, StoreOptions } from "./store/store.js";

/** A registry that is open: what every function of it takes first. */
export interface Registry {
  readonly store: Store;
  readonly cache: BlobCache;
}

export interface RegistryOptions extends StoreOptions {
  /** A folder of one's own for blobs, which never change; without it nothing is kept. */
  readonly cacheFolder?: string | undefined;
  /** That its layout was right before: blobs alone are read, which are called by what is in them. Spares a request. */
  readonly isKnown?: boolean | undefined;
}

/**
 * Opens the registry in a store.
 * @param address `lmdb:PATH`, `consul://HOST:PORT[/prefix]` or `memory:NAME`
 * @throws Proto4Error "store-invalid" when its layout is another one, and as `openStore` does
 */
export async function openRegistry(address: string, options: RegistryOptions): Promise<Registry> {
  const store = await openStore(address, options);
  try {
    if (options.isKnown !== true) checkLayout(await findLayout(store));
  } catch (error) {
    await store.close();
    throw error;
  }
  const { cacheFolder } = options;
  return { store, cache: cacheFolder === undefined ? noCache : folderCache(cacheFolder, options) };
}

/** @returns the number of the store's layout; this one's where there is nothing yet */
export async function findLayout(store: Store): Promise<number> {
  const [[said] = [], [packages] = []] = await store.listAll([layoutKey, packagesKey]);
  if (said !== undefined) return readLayout(said);
  // Services report, and people speak of environments, where nothing was published yet; packages come with versions.
  return packages === undefined ? layout : 0;
}
