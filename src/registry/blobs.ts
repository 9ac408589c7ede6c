import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { Proto4Error } from "../diagnostics/index.js";
import { blobKey } from "./store/layout.js";
import { maxOperations, maxTransactionBytes, sizeInTransaction } from "./store/limits.js";
import type { Store, StoreOperation } from "./store/store.js";

/** Bytes under their digest. */
export interface Blob {
  /** SHA-256, 64 hex digits. */
  readonly digest: string;
  readonly bytes: Uint8Array;
}

export function makeBlob(content: Uint8Array | string): Blob {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return { digest: createHash("sha256").update(bytes).digest("hex"), bytes };
}

/**
 * Reads a blob and checks that it is what its digest says.
 * @throws Proto4Error "store-invalid" when it is missing or damaged
 */
export async function readBlob(store: Store, digest: string): Promise<Uint8Array> {
  const bytes = await findBlob(store, digest);
  if (bytes !== undefined) return bytes;
  throw new Proto4Error(
    "store-invalid",
    `the blob ${digest} is missing from the store or damaged; push the same sources again if it is the last version's, else restore the store from a backup`,
  );
}

/**
 * Writes the blobs that are not there whole.
 * @returns how many were written
 */
export async function writeBlobs(store: Store, blobs: readonly Blob[]): Promise<number> {
  const unique = [...new Map(blobs.map((blob) => [blob.digest, blob])).values()];
  const missing = await filterConcurrently(
    unique,
    async ({ digest }) => (await findBlob(store, digest)) === undefined,
  );
  const writes: StoreOperation[] = [];
  for (const blob of missing) writes.push(...(await toWrites(blob)));
  // Every write is of the same bytes to the same key, so one that was lost can be done again.
  for (const batch of inBatches(writes)) await store.transact(batch);
  return missing.length;
}

/** @returns `undefined` when it is not there, not whole, or not what its digest says */
async function findBlob(store: Store, digest: string): Promise<Uint8Array | undefined> {
  const parts = await store.list(blobKey(digest));
  if (parts.length === 0) return undefined;
  try {
    const bytes = await unpack(Buffer.concat(parts.map(({ value }) => value)), { maxOutputLength });
    return makeBlob(bytes).digest === digest ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Part numbers have a fixed width, so that a list has the parts in order. */
async function toWrites({ digest, bytes }: Blob): Promise<readonly StoreOperation[]> {
  const packed = await pack(bytes);
  const key = blobKey(digest);
  if (packed.length <= partBytes) return [{ verb: "set", key, value: packed }];
  return Array.from({ length: Math.ceil(packed.length / partBytes) }, (_, part) => ({
    verb: "set" as const,
    key: `${key}/${String(part).padStart(6, "0")}`,
    value: packed.subarray(part * partBytes, (part + 1) * partBytes),
  }));
}

/** As few transactions as the limits allow, in the order given. */
function* inBatches(writes: readonly StoreOperation[]): Iterable<readonly StoreOperation[]> {
  let batch: StoreOperation[] = [];
  let size = 0;
  for (const write of writes) {
    const more = sizeInTransaction(write);
    if (batch.length === maxOperations || (batch.length > 0 && size + more > maxTransactionBytes)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(write);
    size += more;
  }
  if (batch.length > 0) yield batch;
}

async function filterConcurrently<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<T[]> {
  const kept: T[] = [];
  for (let start = 0; start < items.length; start += concurrency) {
    const group = items.slice(start, start + concurrency);
    const verdicts = await Promise.all(group.map(keep));
    kept.push(...group.filter((_, index) => verdicts[index]));
  }
  return kept;
}

const pack = promisify<Uint8Array, Buffer>(gzip);
const unpack = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);

const partBytes = 400_000;
const maxOutputLength = 512 * 1024 * 1024;
const concurrency = 16;
