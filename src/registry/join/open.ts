import { openStore } from "../store/open-store.js";
import type { Store } from "../store/store.js";
import type { JoinPlan } from "./request.js";

/** Where time and chance come in. */
export interface Door {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 to 1, the 1 excluded. */
  readonly random: () => number;
}

/** Opens the store of a request; a service waits less for it than a command does. */
export function openFor(
  { store, token, tls, patienceMilliseconds }: JoinPlan,
  { now, random }: Door,
): Promise<Store> {
  return openStore(store, { now, random, token, tls, patience: patienceMilliseconds });
}
