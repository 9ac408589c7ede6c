import { Proto4Error } from "../../diagnostics/index.js";
import { type Actor, type AuditEntry, auditSteps } from "../audit.js";
import { gcKey, gcLockKey, layoutKey } from "../store/layout.js";
import { endCollection, layoutGuard } from "../store/load-settled.js";
import { encodeRecord, type GcRecord, readGc } from "../store/records.js";
import type { Lease, Store, StoreEntry, StoreOperation } from "../store/store.js";

/** A collection that is going on: nobody publishes, and whoever finds its lease ended ends it. */
export interface Collection extends GcRecord {
  /** That of gc's entry, which changes when somebody ends it. */
  readonly index: number;
  readonly lease: Lease;
}

/**
 * Takes the lock and says that blobs are being collected, in one transaction; `action` runs under it, and then all of
 * it is undone, whatever happened. A collection that was left open, since its process died, is taken over.
 * @param audit what the trail says from the beginning; it is written anew with what `action` gives
 * @throws Proto4Error "publish-conflict" when another collector is at work, or when this one was overtaken
 */
export async function whileCollecting<T extends object>(
  store: Store,
  actor: Actor,
  audit: AuditEntry,
  action: (collection: Collection) => Promise<T>,
): Promise<T> {
  const lease = await store.lease(leaseSeconds);
  try {
    const collection = await begin(store, actor, audit, lease);
    const result = await action(collection).catch(async (error: unknown) => {
      await endCollection(store, collection.index, collection).catch(() => false);
      throw error;
    });
    await end(store, actor, { ...audit, ...result }, collection);
    return result;
  } finally {
    // A lease that cannot be given back ends by itself.
    await lease.release().catch(() => {});
  }
}

/** @throws Proto4Error "publish-conflict" once the lease has ended, and with it the right to go on */
export async function goOn({ lease }: Collection): Promise<void> {
  if (!(await lease.renew())) throw stalled();
}

/** Goes into every transaction of a collector, so that one that was taken for dead can do nothing. */
export function stillCollecting({ index }: Collection): StoreOperation {
  return { verb: "check-index", key: gcKey, index };
}

export async function isStillCollecting(store: Store, { index }: Collection): Promise<boolean> {
  return (await store.get(gcKey))?.index === index;
}

export function stalled(): Proto4Error {
  return new Proto4Error(
    "publish-conflict",
    'this collection stood still for longer than its lease, and others went on without it; it deletes no more: run "proto4 registry gc" again',
  );
}

async function begin(store: Store, actor: Actor, audit: AuditEntry, lease: Lease): Promise<Collection> {
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { gc, lock, layout } = await loadState(store);
    if (lock !== undefined) throw atWork(lock);
    const before = gc === undefined ? { epoch: 0, collecting: false } : readGc(gc);
    // An open one bears its epoch already, and what is written has to differ for whoever left it open.
    const record = { epoch: before.epoch + (before.collecting ? 1 : 0), collecting: true };
    const holder = encodeRecord({ by: actor.by, at: actor.at });
    const done = await store.transact([
      { verb: "hold", key: gcLockKey, value: holder, lease: lease.id },
      { verb: "compare-and-set", key: gcKey, value: encodeRecord(record), index: gc?.index ?? 0 },
      layoutGuard(layout),
      ...auditSteps(actor, { ...audit, epoch: record.epoch }),
    ]);
    if (done) return { ...record, index: await indexOf(store, record), lease };
    if (!(await lease.renew())) throw stalled();
  }
  throw new Proto4Error("publish-conflict", "others collected, or ended collections, every time; try again");
}

async function loadState(store: Store) {
  // The lock's key begins as gc's own does.
  const [both = [], [layout] = []] = await store.listAll([gcKey, layoutKey]);
  const find = (key: string): StoreEntry | undefined => both.find((entry) => entry.key === key);
  return { gc: find(gcKey), lock: find(gcLockKey), layout };
}

/** An epoch is collected in once, so whatever says it is this collection. */
async function indexOf(store: Store, { epoch }: GcRecord): Promise<number> {
  const entry = await store.get(gcKey);
  const record = entry && readGc(entry);
  if (record?.collecting === true && record.epoch === epoch) return entry!.index;
  throw stalled();
}

async function end(store: Store, actor: Actor, audit: AuditEntry, collection: Collection): Promise<void> {
  const { epoch, index } = collection;
  const value = encodeRecord({ epoch: epoch + 1, collecting: false });
  const done = await store.transact([
    { verb: "compare-and-set", key: gcKey, value, index },
    ...auditSteps(actor, { ...audit, epoch }),
  ]);
  if (!done) throw stalled();
}

function atWork({ value }: StoreEntry): Proto4Error {
  const holder = new TextDecoder().decode(value).slice(0, 200);
  return new Proto4Error(
    "publish-conflict",
    `another collector is at work: ${holder}; where it has died, its lock goes within ${2 * leaseSeconds} s: try again then`,
  );
}

/** Consul ends a lease after up to twice its time; so long publishers wait for a collector that has died. */
const leaseSeconds = 15;
const maxAttempts = 10;
