import { EventEmitter } from "node:events";
import Consul from "consul";
import { Proto4Error } from "../../diagnostics/index.js";
import { answerOf, type ConsulAnswer, consulDenied, consulFailed } from "./consul-failed.js";
import type { StoreEntry } from "./store.js";

/** What a read found, and the index from which to wait for another. */
export interface ConsulRead {
  readonly items: readonly StoreEntry[];
  readonly index: number;
}

/** The calls of Consul's HTTP API that a store needs, their answers checked and their failures told. */
export class ConsulCalls {
  private readonly client: Consul;
  private readonly address: string;
  private readonly options: { readonly token?: string; readonly timeout: number };

  constructor(host: string, port: number, token: string | undefined) {
    this.client = new Consul({ host, port });
    this.address = `${host}:${port}`;
    this.options = { ...(token === undefined ? {} : { token }), timeout: timeoutMilliseconds };
  }

  /** @param signal lets go of a read that waits */
  async read(query: ReadQuery, signal?: AbortSignal): Promise<ConsulRead> {
    const ctx = Object.assign(new EventEmitter(), { includeResponse: true });
    const cancel = () => ctx.emit("cancel");
    signal?.addEventListener("abort", cancel, { once: true });
    const timeout = timeoutMilliseconds + (query.wait === undefined ? 0 : waitSeconds * 1100);
    const options = { ...this.options, ...query, buffer: true, timeout, ctx };
    const result: unknown = await this.call(() => this.client.kv.get(options));
    signal?.removeEventListener("abort", cancel);
    return this.toRead(result as readonly [ConsulAnswer, unknown]);
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

  private async call<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw consulFailed(this.address, error);
    }
  }

  private toRead([answer, found]: readonly [ConsulAnswer, unknown]): ConsulRead {
    // Said since Consul 1.11: part of a list was kept back.
    if (answer.headers["x-consul-results-filtered-by-acls"] === "true")
      throw consulDenied(this.address, "a part of the keys may not be read");
    // Consul gives one also where a key is not there; by it, that is told from a stranger's "not found".
    const index = answer.headers["x-consul-index"];
    if (index === undefined) throw this.noConsul();
    const items = found === undefined ? [] : [found].flat().map((item) => this.toEntry(item));
    return { items, index: Number(index) };
  }

  private toEntry(item: unknown): StoreEntry {
    const { Key: key, Value: value, ModifyIndex: index } = (item ?? {}) as Readonly<Record<string, unknown>>;
    if (
      typeof key === "string" &&
      typeof index === "number" &&
      (value === null || value instanceof Uint8Array)
    )
      return { key, value: new Uint8Array(value ?? []), index };
    throw this.noConsul();
  }

  private noConsul(): Proto4Error {
    return new Proto4Error(
      "store-invalid",
      `what answers at ${this.address} is no Consul; check the address`,
    );
  }
}

interface ReadQuery {
  readonly key: string;
  readonly recurse?: boolean;
  readonly consistent?: boolean;
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

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** How long a look for changes may last; Consul adds up to a sixteenth. */
export const waitSeconds = 60;
const timeoutMilliseconds = 5_000;
