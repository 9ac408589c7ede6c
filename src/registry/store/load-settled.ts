import { setTimeout as sleep } from "node:timers/promises";
import { Proto4Error } from "../../diagnostics/index.js";
import { checkLayout, layout as ours } from "./check-layout.js";
import { gcKey, gcLockKey, layoutKey } from "./layout.js";
import { encodeRecord, type GcRecord, readGc, readLayout } from "./records.js";
import type { Store, StoreEntry, StoreOperation } from "./store.js";

/** What was read while nobody collected blobs. */
export interface Settled {
  /** By prefix, in the order asked. */
  readonly found: readonly (readonly StoreEntry[])[];
  /** Goes into the transaction that is built on it, which then fails if blobs were collected meanwhile. */
  readonly guards: readonly StoreOperation[];
}

/**
 * Reads what a transaction is to be built on, once no blobs are being collected: blobs that are found, or written,
 * afterwards are there when a transaction with the guards is done.
 * @throws Proto4Error "publish-conflict" when the collector does not come to its end; "store-invalid" for another layout
 */
export async function loadSettled(store: Store, prefixes: readonly string[]): Promise<Settled> {
  for (let wait = firstWait; wait < longestWait; wait *= 1.3) {
    const [gc = [], layout = [], ...found] = await store.listAll([gcKey, layoutKey, ...prefixes]);
    // A registry may have been open for long: somebody may have migrated the store meanwhile.
    if (layout[0] !== undefined) checkLayout(readLayout(layout[0]));
    const state = gc.find(({ key }) => key === gcKey);
    const record = state === undefined ? undefined : readGc(state);
    if (record?.collecting !== true) return { found, guards: guards(state, layout[0]) };
    // Its lease has ended with it: whoever wants to go on says that it is over.
    if (!gc.some(({ key }) => key === gcLockKey)) await endCollection(store, state!.index, record);
    else await sleep(wait);
  }
  throw new Proto4Error(
    "publish-conflict",
    "unreachable blobs are being collected, and that does not end; try again later",
  );
}

/** Blobs found there before a collection may be gone after it. A store without anything is set up. */
function guards(gc: StoreEntry | undefined, layout: StoreEntry | undefined): readonly StoreOperation[] {
  const first = { epoch: 0, collecting: false };
  return [
    gc === undefined
      ? { verb: "compare-and-set", key: gcKey, value: encodeRecord(first), index: 0 }
      : { verb: "check-index", key: gcKey, index: gc.index },
    layoutGuard(layout),
  ];
}

/** That the layout stays what it is; a store without anything gets this one. */
export function layoutGuard(layout: StoreEntry | undefined): StoreOperation {
  return layout === undefined
    ? { verb: "compare-and-set", key: layoutKey, value: encodeRecord({ layout: ours }), index: 0 }
    : { verb: "check-index", key: layoutKey, index: layout.index };
}

export async function endCollection(store: Store, index: number, { epoch }: GcRecord): Promise<boolean> {
  const value = encodeRecord({ epoch: epoch + 1, collecting: false });
  return store.transact([{ verb: "compare-and-set", key: gcKey, value, index }]);
}

/** Milliseconds, some 60 seconds in all. */
const firstWait = 50;
const longestWait = 14_000;
