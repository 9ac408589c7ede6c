import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { answerOf, type ConsulAnswer, consulFailed, mayPass } from "./consul-failed.js";

/** What the client takes with every call; emitting "cancel" on `ctx` lets go of it. */
interface CallOptions {
  readonly ctx: EventEmitter & { readonly includeResponse: true };
  readonly timeout: number;
}

/** What the client gives when asked for the response besides. */
export type Answered = readonly [answer: ConsulAnswer, found: unknown];

/** How calls are made: within a time, and some of them again. */
export class ConsulAsking {
  /**
   * @param address for the messages
   * @param patience milliseconds that all attempts of a call may take together
   * @param random from 0 to below 1
   */
  constructor(
    private readonly address: string,
    private readonly patience: number,
    private readonly random: () => number,
  ) {}

  /** @param signal lets go of the call */
  async once<T>(call: Call<T>, timeout = this.timeout(), signal?: AbortSignal): Promise<T> {
    try {
      return await attempt(call, timeout, signal);
    } catch (error) {
      throw consulFailed(this.address, error);
    }
  }

  /**
   * Asks again while Consul does not answer or has no leader: only for what may happen twice.
   * @param settle makes a result of an answer that the client takes for an error
   */
  async again<T>(call: Call<T>, settle?: (answer: ConsulAnswer) => T | undefined): Promise<T> {
    const end = AbortSignal.timeout(this.patience);
    let failure: unknown;
    for (let tries = 0; !end.aborted; tries++) {
      try {
        return await attempt(call, this.timeout(), end);
      } catch (error) {
        const answer = answerOf(error);
        const settled = answer && settle?.(answer);
        if (settled !== undefined) return settled;
        // An attempt cut short by the end says less than the one before it.
        if (failure === undefined || !end.aborted) failure = error;
        if (!mayPass(error)) break;
      }
      await sleep(this.pause(tries), undefined, { signal: end }).catch(() => {});
    }
    throw consulFailed(this.address, failure);
  }

  /**
   * Milliseconds to wait after so many failures: twice as long each time, and by chance up to half shorter,
   * so that those who lost one Consul do not all come back at once.
   */
  pause(failures: number): number {
    return Math.min(longestPause, firstPause * 2 ** failures) * (1 - this.random() / 2);
  }

  private timeout(): number {
    return Math.min(timeoutMilliseconds, this.patience);
  }
}

type Call<T> = (options: CallOptions) => Promise<T>;

async function attempt<T>(call: Call<T>, timeout: number, signal: AbortSignal | undefined): Promise<T> {
  const ctx = Object.assign(new EventEmitter(), { includeResponse: true as const });
  const cancel = () => ctx.emit("cancel");
  signal?.addEventListener("abort", cancel, { once: true });
  try {
    return await call({ ctx, timeout });
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/** How long Consul may take for an answer. */
export const timeoutMilliseconds = 5_000;
const firstPause = 50;
const longestPause = 1_000;
