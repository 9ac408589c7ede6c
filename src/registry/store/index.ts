export { openStore } from "./open-store.js";
export type { Lease, Store, StoreEntry, StoreOperation, StoreOptions } from "./store.js";
