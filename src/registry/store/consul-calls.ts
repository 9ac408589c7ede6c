import type Consul from "consul";
import { ConsulAnswers, type ConsulRead } from "./consul-answers.js";
import { type Answered, ConsulAsking, timeoutMilliseconds } from "./consul-asking.js";
import { makeConsulClient } from "./consul-client.js";
import { namingDenied } from "./consul-denied-keys.js";
import { answerOf, type ConsulAnswer, isDenied } from "./consul-failed.js";
import type { ConsulUrl } from "./consul-url.js";
import type { Freshness, StoreEntry, StoreOptions } from "./store.js";

/**
 * The calls of Consul's HTTP API that a store needs, their answers checked and their failures told. What
 * only reads is asked again while Consul does not answer; a write is not, for it may have happened.
 */
export class ConsulCalls {
  private readonly client: Consul;
  private readonly answers: ConsulAnswers;
  private readonly asking: ConsulAsking;

  /** @throws Proto4Error "usage" */
  constructor(url: ConsulUrl, options: StoreOptions) {
    const address = `${url.host}:${url.port}`;
    this.client = makeConsulClient(url, options);
    this.answers = new ConsulAnswers(address);
    this.asking = new ConsulAsking(address, options.patience ?? 10_000, options.random ?? (() => 0));
  }

  async get(key: string, freshness: Freshness): Promise<StoreEntry | undefined> {
    return (await this.read({ key, [freshness]: true })).items[0];
  }

  async list(prefix: string, freshness: Freshness): Promise<readonly StoreEntry[]> {
    return (await this.read({ key: prefix, recurse: true, [freshness]: true })).items;
  }

  async keys(prefix: string): Promise<readonly string[]> {
    const query = { key: prefix, consistent: true };
    const result: unknown = await this.asking.again(
      (options) => this.client.kv.keys({ ...query, ...options }),
      notFound,
    );
    return this.answers.keys(...(result as Answered));
  }

  /** What begins with one of the prefixes, each key once: one request, one moment. */
  async readTrees(prefixes: readonly string[], freshness: Freshness) {
    const steps = prefixes.map((prefix) => ({ KV: { Verb: "get-tree", Key: prefix } }));
    const result: unknown = await this.asking.again((options) =>
      this.client.transaction.create(...untyped(steps, { [freshness]: true, ...options })),
    );
    return this.answers.results(...(result as Answered));
  }

  /**
   * Waits for another index than the one given.
   * @param signal lets go of it
   */
  async wait(key: string, index: number, signal: AbortSignal): Promise<ConsulRead> {
    const query = { key, index: String(index), wait: `${waitSeconds}s`, buffer: true };
    const result: unknown = await this.asking.once(
      (options) => this.client.kv.get({ ...query, ...options }),
      waitSeconds * 1100 + timeoutMilliseconds,
      signal,
    );
    return this.answers.entries(...(result as Answered));
  }

  /** Milliseconds to let pass after so many failures. */
  pause(failures: number): number {
    return this.asking.pause(failures);
  }

  /** @returns whether it was written: compare-and-set may find another index */
  async put(key: string, value: Uint8Array, index: number | undefined): Promise<boolean> {
    const write = { key, value: asBuffer(value), ...(index === undefined ? {} : { cas: index }) };
    const result: unknown = await namingDenied([key], () =>
      this.asking.once((options) => this.client.kv.set({ ...write, ...options })),
    );
    return this.answers.done(...(result as Answered));
  }

  /** @returns whether it was done: a condition may not hold */
  async transact(operations: readonly KvOperation[]): Promise<boolean> {
    const steps = operations.map((operation) => ({ KV: operation }));
    const keys = operations.map((operation) => operation.Key);
    const attempt = async (options: object) => {
      try {
        return await this.client.transaction.create(...untyped(steps, options));
      } catch (error) {
        if (isConflict(error)) return undefined;
        throw error;
      }
    };
    const result: unknown = await namingDenied(keys, () => this.asking.once(attempt));
    return result !== undefined && this.answers.transacted(...(result as Answered));
  }

  /** A session that deletes its keys when it ends, and leaves no key locked behind. */
  async createSession(seconds: number): Promise<string> {
    const session = { ttl: `${seconds}s`, behavior: "delete", lockdelay: "0s" } as const;
    const result: unknown = await this.asking.once((options) =>
      this.client.session.create({ ...session, ...options }),
    );
    return this.answers.sessionId(...(result as Answered));
  }

  /** Renewed twice is renewed once. @returns whether the session was still there */
  async renewSession(id: string): Promise<boolean> {
    const result: unknown = await this.asking.again(
      (options) => this.client.session.renew({ id, ...options }),
      notFound,
    );
    return (result as Answered)[0].statusCode !== 404;
  }

  async destroySession(id: string): Promise<void> {
    await this.asking.once((options) => this.client.session.destroy({ id, ...options }));
  }

  close(): void {
    this.client.destroy();
  }

  private async read(query: { readonly key: string; readonly recurse?: boolean }): Promise<ConsulRead> {
    const all = { ...query, buffer: true };
    const result: unknown = await this.asking.again((options) => this.client.kv.get({ ...all, ...options }));
    return this.answers.entries(...(result as Answered));
  }
}

/** @see https://developer.hashicorp.com/consul/api-docs/txn#kv-operations */
export interface KvOperation {
  readonly Verb: string;
  readonly Key: string;
  /** In base64. */
  readonly Value?: string;
  readonly Index?: number;
  readonly Session?: string;
}

/** The client's types know neither the KV around an operation nor that the options stand alone. */
function untyped(steps: readonly object[], options: object): [never, never] {
  return [steps as never, options as never];
}

function notFound(answer: ConsulAnswer): never[] | undefined {
  return answer.statusCode === 404 ? ([answer, undefined] as never[]) : undefined;
}

/** A missing right comes as a conflict, too; that is a failure. */
function isConflict(error: unknown): boolean {
  const answer = answerOf(error);
  return answer?.statusCode === 409 && !isDenied(answer);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** How long a look for changes may last; Consul adds up to a sixteenth. */
const waitSeconds = 60;
