import { setTimeout as sleep } from "node:timers/promises";
import { Proto4Error } from "../../diagnostics/index.js";
import { revKey } from "../store/layout.js";
import type { Store } from "../store/store.js";

/** Whether a registry answers; if not, since when nothing was heard of it. */
export interface Following {
  readonly answers: boolean;
  /** Milliseconds since 1970, when it answered last; `undefined` before the first answer. */
  readonly heard: number | undefined;
  /** What it said, or that it did not. */
  readonly failure?: Proto4Error | undefined;
}

/** Which state of a registry is the last known, and whether it can be asked. */
export class Revision {
  /** Index of the watched key, 0 where there is none; -1 before it was read. */
  known = -1;
  private heard: number | undefined;
  private failure: Proto4Error | undefined;

  /** @param onReset is called when the store went back: it is another one, or was brought back from a backup */
  constructor(
    private readonly now: () => number,
    private readonly onReset: () => void,
  ) {}

  get following(): Following {
    return { answers: this.failure === undefined, heard: this.heard, failure: this.failure };
  }

  /**
   * @param index of the watched key, as a consistent read or a stale one that was not behind told
   * @param floor what was known when it was asked
   */
  see(index: number, floor: number): void {
    this.answered();
    if (index < floor) {
      this.onReset();
      this.known = index;
    } else this.known = Math.max(this.known, index);
  }

  private answered(): void {
    this.heard = this.now();
    this.failure = undefined;
  }

  /** @returns whether it was the store that failed: then what is known is all that can be had */
  failed(error: unknown): boolean {
    if (!(error instanceof Proto4Error) || !aboutStore.has(error.code)) return false;
    this.failure = error;
    return true;
  }
}

/**
 * Watches a store until the signal aborts. A watch waits for minutes on a line that went dead, and does not tell of an
 * outage; so the store is also asked every `pause` milliseconds.
 */
export async function keepWatching(
  store: Store,
  revision: Revision,
  pause: number,
  signal: AbortSignal,
): Promise<void> {
  await Promise.all([watch(store, revision, pause, signal), ask(store, revision, pause, signal)]);
}

async function watch(store: Store, revision: Revision, pause: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const entry of store.watch(revKey, signal)) {
        // What it tells may be of a moment ago: that the store went back is believed of a consistent read only.
        if ((entry?.index ?? 0) > revision.known) revision.see(entry!.index, revision.known);
        else await look(store, revision);
      }
    } catch (error) {
      revision.failed(error);
    }
    await rest(pause, signal);
  }
}

async function ask(store: Store, revision: Revision, pause: number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await look(store, revision).catch((error) => revision.failed(error));
    await rest(pause, signal);
  }
}

async function look(store: Store, revision: Revision): Promise<void> {
  const { known } = revision;
  revision.see((await store.get(revKey))?.index ?? 0, known);
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {});
}

const aboutStore: ReadonlySet<string> = new Set(["store-unreachable", "store-denied", "store-invalid"]);
