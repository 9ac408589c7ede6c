import { join } from "../../blobs.js";
import { blobKey } from "../../store/layout.js";
import type { StoreEntry } from "../../store/store.js";

/**
 * The entries without which a blob is what its digest says: parts that a whole one has besides, or that follow its last.
 * @param entries all below the blob's key, in order
 * @returns `undefined` where no others would make it whole
 */
export function findStray(digest: string, entries: readonly StoreEntry[]): readonly StoreEntry[] | undefined {
  const isWhole = ({ key }: StoreEntry) => key === blobKey(digest);
  const parts = entries.filter((entry) => !isWhole(entry));
  // The longest first, which has the fewest that are stray.
  const tries = [...parts.keys()].map((left) => parts.slice(0, parts.length - left));
  const kept = [...tries, entries.filter(isWhole)].find((each) => join(digest, each) !== undefined);
  return kept && entries.filter((entry) => !kept.includes(entry));
}
