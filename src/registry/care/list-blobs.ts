import { blobsPrefix } from "../store/layout.js";
import { isDigest } from "../store/records.js";
import type { Store } from "../store/store.js";

/** What stands among the blobs, and is none nor part of one. */
export async function listStrangers(store: Store): Promise<readonly string[]> {
  const keys = await store.keys(blobsPrefix);
  return keys.filter((key) => {
    const [, folder, digest] = pattern.exec(key.slice(blobsPrefix.length)) ?? [];
    return digest === undefined || !digest.startsWith(folder!);
  });
}

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

const pattern = /^([0-9a-f]{2})\/([0-9a-f]{64})(?:\/\d{6})?$/;
