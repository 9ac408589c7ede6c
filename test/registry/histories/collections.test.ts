import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import { checkRegistry, collect } from "../../../src/registry/index.js";
import type { Store } from "../../../src/registry/store/index.js";
import { describeStores, openTestStore } from "../stores.js";
import { checkHistory } from "./check-history.js";
import { readTruth, runClients } from "./client.js";

/** More of them by `node test/registry/histories/run.mjs`. */
const histories = Number(process.env.HISTORIES ?? 1);
const seed = Number(process.env.HISTORIES_SEED ?? Date.now() % 1_000_000);
const clients = Array.from({ length: 8 }, (_, number) => number);

describeStores("publishing while blobs are collected", ({ fresh }) => {
  test(`loses no blob, though others died and left the same ones behind (seed ${seed})`, {
    timeout: 90_000 * histories,
  }, async () => {
    for (let count = 0; count < histories; count++) {
      const address = fresh();
      const store = await openTestStore(address, Date.now);
      const stop = new AbortController();
      const collecting = keepCollecting(store, stop.signal);
      const plan = { addresses: [address], clients, versions: 3, seed: seed + count, stuttering: true };
      const calls = await runClients(plan).finally(() => stop.abort());
      const blobs = await collecting;
      const versions = await readTruth(address);
      expect(checkHistory(versions, calls)).toEqual([]);
      expect(versions).toHaveLength(24);
      expect(await checkRegistry({ store })).toEqual([]);
      // Dead ones were collected while others lived, or nothing was tried.
      expect(blobs).toBeGreaterThan(5);
      await store.close();
    }
  });
});

/** @returns how many blobs were deleted */
async function keepCollecting(store: Store, signal: AbortSignal): Promise<number> {
  let blobs = 0;
  for (let count = 0; !signal.aborted; count++) {
    const actor = { by: "jo", at: new Date().toISOString(), id: `collection-${count}` };
    const force = "the subject is not there yet";
    blobs += (await collect({ store, cache: noCache }, { ...actor, delete: true, force })).blobs;
    await sleep(30);
  }
  return blobs;
}
