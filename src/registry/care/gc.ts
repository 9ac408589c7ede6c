import { Proto4Error } from "../../diagnostics/index.js";
import type { Actor } from "../audit.js";
import type { Registry } from "../registry.js";
import { blobsPrefix } from "../store/layout.js";
import { loadExactly } from "../store/load-exactly.js";
import type { Store, StoreOperation } from "../store/store.js";
import { type Amount, chunksOf, countBlobs, lengthOf, measureBlobs, unreachableOf } from "./gc-blobs.js";
import {
  type Collection,
  goOn,
  isStillCollecting,
  stalled,
  stillCollecting,
  whileCollecting,
} from "./gc-collection.js";
import { loadRoots, type Roots } from "./gc-roots.js";

/** How unreachable blobs are to be collected. */
export interface CollectRequest extends Actor {
  /** Otherwise they are counted, and nothing is locked or written. */
  readonly delete: boolean;
  /** Why; collects also where subjects or versions that should be there are not seen. */
  readonly force?: string | undefined;
}

export interface Collected extends Amount {
  /** Blobs that versions need. */
  readonly kept: number;
}

/**
 * Deletes the blobs that no version needs: those of versions that were deleted hard, and of publishes that did not
 * come to their end. Meanwhile publishers wait.
 * @throws Proto4Error "publish-conflict" when another collector is at work, or when this one stood still past its
 * lease; "store-invalid" when not all versions can be read
 */
export async function collect(registry: Registry, request: CollectRequest): Promise<Collected> {
  const { store } = registry;
  const { force: reason } = request;
  const before = await loadUnreachable(store);
  // Before the lock is taken, so that what is refused leaves no trace.
  checkRoots(before.roots, before.unreachable, reason);
  // What a publish has written that is not done yet counts as unreachable here, as it would if it never were.
  if (!request.delete) return { ...(await measureBlobs(store, before.unreachable)), kept: before.kept };
  return whileCollecting(store, request, { action: "gc", reason }, async (collection) => {
    const { roots, kept, unreachable } = await loadUnreachable(store);
    checkRoots(roots, unreachable, reason);
    return { ...(await deleteAll(store, collection, unreachable)), kept };
  });
}

async function loadUnreachable(store: Store) {
  // In this order, so that what is published in between is found reachable.
  const keys = await store.keys(blobsPrefix);
  const roots = await loadRoots(store);
  const unreachable = unreachableOf(keys, roots.reachable);
  return { roots, unreachable, kept: countBlobs(keys) - countBlobs(unreachable) };
}

/** A token that may read a part only makes a part look unreachable. */
function checkRoots({ subjects, unseen }: Roots, unreachable: readonly string[], force?: string): void {
  if (force !== undefined || unreachable.length === 0) return;
  const missing = subjects === 0 ? ["any subject"] : unseen;
  if (missing.length === 0) return;
  throw new Proto4Error(
    "store-invalid",
    `blobs are there, but not ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? ", …" : ""}: a token that may read only a part sees it so, and would delete what others need; use one that may read everything, or say --force with a --reason if nothing of it is needed`,
  );
}

async function deleteAll(store: Store, collection: Collection, keys: readonly string[]): Promise<Amount> {
  let bytes = 0;
  for (const chunk of chunksOf(keys)) {
    await goOn(collection);
    bytes += await deleteChunk(store, collection, chunk);
  }
  return { blobs: countBlobs(keys), bytes };
}

/** @returns how many bytes they had */
async function deleteChunk(store: Store, collection: Collection, keys: readonly string[]): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const entries = await loadExactly(store, keys);
    const steps = entries.map(({ key, index }): StoreOperation => ({ verb: "delete", key, index }));
    if (await attemptTo(store, [...steps, stillCollecting(collection)], attempt)) return lengthOf(entries);
    if (!(await isStillCollecting(store, collection))) throw stalled();
    // A publisher that waits by now may just have written one of them: look again.
    if (attempt === maxAttempts)
      throw new Proto4Error(
        "publish-conflict",
        "blobs changed every time while they were deleted; try again",
      );
  }
}

/** @returns `false` also when no answer came: what is deleted already is not found any more */
async function attemptTo(store: Store, steps: readonly StoreOperation[], attempt: number): Promise<boolean> {
  try {
    return await store.transact(steps);
  } catch (error) {
    const passing = error instanceof Proto4Error && error.code === "store-unreachable";
    if (!passing || attempt === maxAttempts) throw error;
    return false;
  }
}

const maxAttempts = 5;
