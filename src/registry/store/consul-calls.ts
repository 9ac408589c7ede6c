import { EventEmitter } from "node:events";
import Consul from "consul";
import { ConsulAnswers, type ConsulRead } from "./consul-answers.js";
import { answerOf, type ConsulAnswer, consulDenied, consulFailed } from "./consul-failed.js";
import type { Freshness, StoreEntry } from "./store.js";

/** The calls of Consul's HTTP API that a store needs, their answers checked and their failures told. */
export class ConsulCalls {
  private readonly client: Consul;
  private readonly address: string;
  private readonly answers: ConsulAnswers;
  private readonly options: { readonly token?: string; readonly timeout: number };

  constructor(host: string, port: number, token: string | undefined) {
    this.client = new Consul({ host, port });
    this.address = `${host}:${port}`;
    this.answers = new ConsulAnswers(this.address);
    this.options = { ...(token === undefined ? {} : { token }), timeout: timeoutMilliseconds };
  }

  /** @param signal lets go of a read that waits */
  async read({ freshness, ...query }: ReadQuery, signal?: AbortSignal): Promise<ConsulRead> {
    const ctx = withResponse();
    const cancel = () => ctx.emit("cancel");
    signal?.addEventListener("abort", cancel, { once: true });
    const timeout = timeoutMilliseconds + (query.wait === undefined ? 0 : waitSeconds * 1100);
    const options = { ...this.options, ...query, ...consistency(freshness), buffer: true, timeout, ctx };
    const result: unknown = await this.call(() => this.client.kv.get(options));
    signal?.removeEventListener("abort", cancel);
    return this.answers.entries(...(result as Answered));
  }

  async keys(prefix: string): Promise<readonly string[]> {
    const options = { ...this.options, key: prefix, consistent: true, ctx: withResponse() };
    const result: unknown = await this.call(() => this.client.kv.keys(options), notFound);
    return this.answers.keys(...(result as Answered));
  }

  /** What begins with one of the prefixes, each key once: one request, one moment. */
  async readTrees(
    prefixes: readonly string[],
    freshness: Freshness,
  ): Promise<ReadonlyMap<string, StoreEntry>> {
    const steps = prefixes.map((prefix) => ({ KV: { Verb: "get-tree", Key: prefix } }));
    const options = { ...this.options, ...consistency(freshness), ctx: withResponse() };
    // The client's types know neither the KV around an operation nor that the options stand alone.
    const result: unknown = await this.call(() =>
      this.client.transaction.create(steps as never, options as never),
    );
    return this.answers.results(...(result as Answered));
  }

  /** @returns whether it was written: compare-and-set may find another index */
  async put(key: string, value: Uint8Array, index: number | undefined): Promise<boolean> {
    const options = {
      ...this.options,
      key,
      value: asBuffer(value),
      ...(index === undefined ? {} : { cas: index }),
    };
    return (await this.call(() => this.client.kv.set(options))) === true;
  }

  /** @returns whether it was done: a condition may not hold */
  async transact(operations: readonly KvOperation[]): Promise<boolean> {
    const steps = operations.map((operation) => ({ KV: operation }));
    try {
      // The client's types know neither the KV around an operation nor that the options stand alone.
      await this.client.transaction.create(steps as never, this.options as never);
      return true;
    } catch (error) {
      const answer = answerOf(error);
      if (answer?.statusCode !== 409) throw consulFailed(this.address, error);
      // A missing right comes as a conflict, too.
      if (/permission denied/i.test(JSON.stringify(answer.body)))
        throw consulDenied(this.address, "Permission denied", error);
      return false;
    }
  }

  /** A session that deletes its keys when it ends, and leaves no key locked behind. */
  async createSession(seconds: number): Promise<string> {
    const session = { ...this.options, ttl: `${seconds}s`, behavior: "delete", lockdelay: "0s" } as const;
    const { ID: id } = await this.call(() => this.client.session.create(session));
    return id;
  }

  /** @returns whether the session was still there */
  async renewSession(id: string): Promise<boolean> {
    try {
      await this.client.session.renew({ ...this.options, id });
      return true;
    } catch (error) {
      if (answerOf(error)?.statusCode === 404) return false;
      throw consulFailed(this.address, error);
    }
  }

  async destroySession(id: string): Promise<void> {
    await this.call(() => this.client.session.destroy({ ...this.options, id }));
  }

  close(): void {
    this.client.destroy();
  }

  /** @param settle makes a result of an answer that the client takes for an error */
  private async call<T>(action: () => Promise<T>, settle?: (answer: ConsulAnswer) => T | undefined) {
    try {
      return await action();
    } catch (error) {
      const answer = answerOf(error);
      const settled = answer && settle?.(answer);
      if (settled !== undefined) return settled;
      throw consulFailed(this.address, error);
    }
  }
}

/** What the client gives when asked for the response besides. */
type Answered = readonly [answer: ConsulAnswer, found: unknown];

interface ReadQuery {
  readonly key: string;
  readonly recurse?: boolean;
  readonly freshness?: Freshness;
  readonly index?: number;
  readonly wait?: string;
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

function withResponse() {
  return Object.assign(new EventEmitter(), { includeResponse: true });
}

function consistency(freshness: Freshness | undefined) {
  return freshness === undefined ? {} : { [freshness]: true };
}

function notFound(answer: ConsulAnswer): never[] | undefined {
  return answer.statusCode === 404 ? ([answer, undefined] as never[]) : undefined;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** How long a look for changes may last; Consul adds up to a sixteenth. */
export const waitSeconds = 60;
const timeoutMilliseconds = 5_000;
