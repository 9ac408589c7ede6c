import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { Proto4Error } from "../../diagnostics/index.js";
import { environmentsPrefix, livePrefix, revKey } from "../store/layout.js";
import type { Store } from "../store/store.js";

/**
 * Tells when the board may be another one: at once, and whenever what runs, an environment or a subject has changed. It
 * looks again and again, because a lease that ends touches no key that could be watched.
 * @param every milliseconds between two looks
 * @returns "away" while the store does not answer, once for each time
 */
export async function* watchBoard(
  store: Store,
  every: number,
  signal: AbortSignal,
): AsyncIterable<"changed" | "away"> {
  let seen: string | undefined | null = null;
  while (!signal.aborted) {
    const state = await stateOf(store);
    if (state !== seen) yield state === undefined ? "away" : "changed";
    seen = state;
    await sleep(every, undefined, { signal }).catch(() => {});
  }
}

/** @returns `undefined` while the store does not answer */
async function stateOf(store: Store): Promise<string | undefined> {
  try {
    const lists = await store.listAll([livePrefix, environmentsPrefix, revKey], "stale");
    const hash = createHash("sha256");
    for (const { key, index } of lists.flat()) hash.update(`${key} ${index}\n`);
    return hash.digest("hex");
  } catch (error) {
    if (error instanceof Proto4Error && error.code === "store-unreachable") return undefined;
    throw error;
  }
}
