export { openStore, type StoreOptions } from "./open-store.js";
export type { Lease, Store, StoreEntry, StoreOperation } from "./store.js";
