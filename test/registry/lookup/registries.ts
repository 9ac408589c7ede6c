import { noCache } from "../../../src/registry/blob-cache.js";
import type { Registry } from "../../../src/registry/index.js";
import type { Store } from "../../../src/registry/store/index.js";

/** A registry that asks its store each time. */
export function withoutCache(store: Store): Registry {
  return { store, cache: noCache };
}
