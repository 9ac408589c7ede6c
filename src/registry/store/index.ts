export { openStore } from "./open-store.js";
export type { Store, StoreEntry, StoreOperation } from "./store.js";
