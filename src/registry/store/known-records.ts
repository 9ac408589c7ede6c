import type { StoreEntry } from "./store.js";

/**
 * A function that reads an entry as `read` does, and what holds the same bytes as when it was last read without reading
 * it again: versions rarely change, and who looks one up is given all of its subject. What throws is not kept.
 */
export function remembering<Result>(read: (entry: StoreEntry) => Result): (entry: StoreEntry) => Result {
  const known = new Map<string, { readonly value: Uint8Array; readonly result: Result }>();
  return (entry) => {
    const { key, value } = entry;
    const found = known.get(key);
    if (found !== undefined && Buffer.compare(found.value, value) === 0) return found.result;
    const result = read(entry);
    if (known.size >= mostRecords) known.clear();
    known.set(key, { value, result });
    return result;
  };
}

const mostRecords = 4_000;
