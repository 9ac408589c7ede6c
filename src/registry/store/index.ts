export { openStore } from "./open-store.js";
export type { Freshness, Store, StoreEntry, StoreOperation, StoreOptions } from "./store.js";
