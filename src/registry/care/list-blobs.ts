import { blobsPrefix } from "../store/layout.js";
import { isDigest } from "../store/records.js";
import type { Store } from "../store/store.js";

/** The keys of every blob by its digest: one, or one a part. What is spelled otherwise is none. */
export async function listBlobs(store: Store): Promise<ReadonlyMap<string, readonly string[]>> {
  const blobs = new Map<string, string[]>();
  for (const key of await store.keys(blobsPrefix)) {
    const [, digest = ""] = key.slice(blobsPrefix.length).split("/");
    if (!isDigest(digest)) continue;
    const keys = blobs.get(digest);
    if (keys === undefined) blobs.set(digest, [key]);
    else keys.push(key);
  }
  return blobs;
}
