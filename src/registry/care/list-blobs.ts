import { blobsPrefix, digestIn } from "../store/layout.js";
import type { Store } from "../store/store.js";

/** What stands where blobs stand. */
export interface ListedBlobs {
  /** The keys of every blob by its digest: one, or one a part. */
  readonly blobs: ReadonlyMap<string, readonly string[]>;
  /** Keys that are none of a blob's. */
  readonly strange: readonly string[];
}

export async function listBlobs(store: Store): Promise<ListedBlobs> {
  const blobs = new Map<string, string[]>();
  const strange: string[] = [];
  for (const key of await store.keys(blobsPrefix)) {
    const digest = digestIn(key);
    const keys = digest === undefined ? undefined : blobs.get(digest);
    if (digest === undefined) strange.push(key);
    else if (keys === undefined) blobs.set(digest, [key]);
    else keys.push(key);
  }
  return { blobs, strange };
}
