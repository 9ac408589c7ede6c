import { Proto4Error } from "../diagnostics/index.js";
import { sha256 } from "./blob-cache.js";
import type { Registry } from "./registry.js";
import { blobKey } from "./store/layout.js";
import type { Store, StoreEntry } from "./store/store.js";

/** Bytes under their digest. */
export interface Blob {
  /** SHA-256, 64 hex digits. */
  readonly digest: string;
  readonly bytes: Uint8Array;
}

export function makeBlob(bytes: Uint8Array): Blob {
  return { digest: sha256(bytes), bytes };
}

/**
 * Reads blobs and checks that they are what their digests say; what the cache lacks, in one request.
 * @returns their bytes, in the order of the digests
 * @throws Proto4Error "store-invalid" when one is missing or damaged
 */
export async function loadBlobs(
  registry: Registry,
  digests: readonly string[],
): Promise<readonly Uint8Array[]> {
  const cached = await Promise.all(digests.map((digest) => registry.cache.get(digest)));
  const missing = [...new Set(digests.filter((_, place) => cached[place] === undefined))];
  const fetched = new Map<string, Uint8Array>();
  for (let start = 0; start < missing.length; start += maxAtOnce)
    for (const blob of await fetchBlobs(registry, missing.slice(start, start + maxAtOnce)))
      fetched.set(blob.digest, blob.bytes);
  return digests.map((digest, place) => cached[place] ?? fetched.get(digest)!);
}

async function fetchBlobs({ store, cache }: Registry, digests: readonly string[]): Promise<readonly Blob[]> {
  // What a digest names never changes, so any server's answer will do; if it lags behind, the others know.
  const found = await store.listAll(digests.map(blobKey), "stale").catch((error: unknown) => {
    if (!(error instanceof Proto4Error) || error.code !== "store-unreachable") throw error;
    return Promise.all(digests.map((digest) => listParts(store, blobKey(digest))));
  });
  return Promise.all(
    digests.map(async (digest, place) => {
      const bytes = join(digest, found[place]!) ?? join(digest, await store.list(blobKey(digest)));
      if (bytes === undefined) throw damaged(digest);
      await cache.put(digest, bytes);
      return { digest, bytes };
    }),
  );
}

/**
 * What `list` gives, in answers of a few megabytes: a large blob in one may take a slow Consul longer than anybody waits
 * for an answer.
 */
async function listParts(store: Store, prefix: string): Promise<readonly StoreEntry[]> {
  const keys = await store.keys(prefix);
  const entries = new Map<string, StoreEntry>();
  for (let start = 0; start < keys.length; start += partsAtOnce)
    for (const entry of (await store.listAll(keys.slice(start, start + partsAtOnce))).flat())
      entries.set(entry.key, entry);
  return [...entries.values()];
}

/** @returns `undefined` when it is not there, not whole, or not what its digest says */
export function join(digest: string, parts: readonly StoreEntry[]): Uint8Array | undefined {
  const [only] = parts;
  const bytes = parts.length === 1 ? only!.value : Buffer.concat(parts.map(({ value }) => value));
  return sha256(bytes) === digest ? bytes : undefined;
}

/**
 * Writes a blob, its parts side by side. To write what is there already changes nothing, so what was interrupted, or
 * lost its answer, is done again.
 */
export async function writeBlob({ store, cache }: Registry, { digest, bytes }: Blob): Promise<void> {
  const parts = partsOf(digest, bytes);
  let next = 0;
  const work = async () => {
    for (let part = parts[next++]; part !== undefined; part = parts[next++])
      await setStubbornly(store, part.key, part.value);
  };
  await Promise.all(Array.from({ length: Math.min(maxWriters, parts.length) }, work));
  await cache.put(digest, bytes);
}

async function setStubbornly(store: Store, key: string, value: Uint8Array): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await store.transact([{ verb: "set", key, value }]);
      return;
    } catch (error) {
      const passing = error instanceof Proto4Error && error.code === "store-unreachable";
      if (!passing || attempt === maxAttempts) throw error;
    }
  }
}

/** Part numbers have a fixed width, so that a list has the parts in order. */
function partsOf(digest: string, bytes: Uint8Array) {
  const key = blobKey(digest);
  if (bytes.length <= partBytes) return [{ key, value: bytes }];
  return Array.from({ length: Math.ceil(bytes.length / partBytes) }, (_, part) => ({
    key: `${key}/${String(part).padStart(6, "0")}`,
    value: bytes.subarray(part * partBytes, (part + 1) * partBytes),
  }));
}

function damaged(digest: string): Proto4Error {
  return new Proto4Error(
    "store-invalid",
    `the blob ${digest} is missing from the store or damaged; "proto4 registry fsck" says what needs it, and "proto4 registry import" brings it back from an export`,
  );
}

const partBytes = 500_000;
const maxAtOnce = 64;
const partsAtOnce = 4;
const maxWriters = 4;
const maxAttempts = 3;
