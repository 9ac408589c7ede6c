export { openStore } from "./open-store.js";
export type { Freshness, Store, StoreEntry, StoreOperation } from "./store.js";
