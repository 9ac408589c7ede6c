import { setTimeout as sleep } from "node:timers/promises";
import { Proto4Error } from "../../diagnostics/index.js";
import { ConsulCalls, type KvOperation } from "./consul-calls.js";
import { parseConsulUrl } from "./consul-url.js";
import { checkKey, checkLeaseSeconds, checkOperations, checkPrefix, checkPrefixes } from "./limits.js";
import { ReadablePrefixes } from "./readable-prefixes.js";
import type { Freshness, Lease, Store, StoreEntry, StoreOperation, StoreOptions } from "./store.js";

/** A store in Consul's KV. */
export class ConsulStore implements Store {
  private constructor(
    private readonly calls: ConsulCalls,
    private readonly prefix: string,
    private readonly readable: ReadablePrefixes,
  ) {}

  /** Does not connect yet. @throws Proto4Error "usage" */
  static open(address: string, options: StoreOptions): ConsulStore {
    const url = parseConsulUrl(address);
    return new ConsulStore(new ConsulCalls(url, options), url.prefix, new ReadablePrefixes(options.now));
  }

  async get(key: string, freshness: Freshness = "consistent"): Promise<StoreEntry | undefined> {
    checkKey(key);
    const item = await this.calls.get(this.prefix + key, freshness);
    return item && this.toEntry(item);
  }

  async list(prefix: string, freshness: Freshness = "consistent"): Promise<readonly StoreEntry[]> {
    checkPrefix(prefix);
    const items = await this.calls.list(this.prefix + prefix, freshness);
    if (items.length === 0) await this.checkReadable(prefix);
    return items.map((item) => this.toEntry(item));
  }

  async listAll(
    prefixes: readonly string[],
    freshness: Freshness = "consistent",
  ): Promise<readonly (readonly StoreEntry[])[]> {
    checkPrefixes(prefixes);
    const found = await this.calls.readTrees(
      prefixes.map((prefix) => this.prefix + prefix),
      freshness,
    );
    const entries = [...found.values()].map((item) => this.toEntry(item)).sort(byKey);
    const lists = prefixes.map((prefix) => entries.filter(({ key }) => key.startsWith(prefix)));
    await Promise.all(prefixes.filter((_, at) => lists[at]?.length === 0).map((p) => this.checkReadable(p)));
    return lists;
  }

  async keys(prefix: string): Promise<readonly string[]> {
    checkPrefix(prefix);
    const keys = await this.calls.keys(this.prefix + prefix);
    if (keys.length === 0) await this.checkReadable(prefix);
    return keys.map((key) => key.slice(this.prefix.length));
  }

  async transact(operations: readonly StoreOperation[]): Promise<boolean> {
    checkOperations(operations);
    const [first] = operations;
    // Alone, a value travels raw, which leaves room for the largest.
    if (operations.length === 1 && (first?.verb === "set" || first?.verb === "compare-and-set"))
      return this.calls.put(this.prefix + first.key, first.value, "index" in first ? first.index : undefined);
    return this.calls.transact(operations.map((operation) => this.toKv(operation)));
  }

  async *watch(key: string, signal: AbortSignal): AsyncIterable<StoreEntry | undefined> {
    checkKey(key);
    let wait = 0;
    let seen: number | undefined = -1;
    for (let failures = 0; !signal.aborted; ) {
      const answer = await this.look(key, wait, signal);
      if (signal.aborted) return;
      // After an outage, or from another Consul, the indexes known mean nothing: look and tell afresh.
      if (answer === undefined || !(answer.index >= Math.max(wait, 1))) {
        wait = 0;
        seen = -1;
        await sleep(this.calls.pause(failures++), undefined, { signal }).catch(() => {});
        continue;
      }
      failures = 0;
      wait = answer.index;
      const entry = answer.items.map((item) => this.toEntry(item))[0];
      if (entry?.index !== seen) yield entry;
      seen = entry?.index;
    }
  }

  async lease(seconds: number): Promise<Lease> {
    checkLeaseSeconds(seconds);
    const id = await this.calls.createSession(seconds);
    return {
      id,
      renew: () => this.calls.renewSession(id),
      release: () => this.calls.destroySession(id),
    };
  }

  async close(): Promise<void> {
    this.calls.close();
  }

  /** Without the right to read, Consul lists nothing; only a single key is refused aloud. */
  private async checkReadable(prefix: string): Promise<void> {
    if (this.readable.has(prefix)) return;
    await this.calls.get(this.prefix + prefix, "consistent");
    this.readable.add(prefix);
  }

  /** @returns `undefined` while Consul does not answer */
  private async look(key: string, wait: number, signal: AbortSignal) {
    try {
      return await this.calls.wait(this.prefix + key, wait, signal);
    } catch (error) {
      if (error instanceof Proto4Error && error.code === "store-unreachable") return undefined;
      throw error;
    }
  }

  private toEntry({ key, value, index }: StoreEntry): StoreEntry {
    return { key: key.slice(this.prefix.length), value, index };
  }

  private toKv(operation: StoreOperation): KvOperation {
    return {
      Verb: verbs[operation.verb],
      Key: this.prefix + operation.key,
      ...("value" in operation ? { Value: Buffer.from(operation.value).toString("base64") } : {}),
      ...("index" in operation ? { Index: operation.index } : {}),
      ...("lease" in operation ? { Session: operation.lease } : {}),
    };
  }
}

/** Keys are ASCII; a locale would sort them otherwise than Consul does. */
function byKey(a: StoreEntry, b: StoreEntry): number {
  return a.key < b.key ? -1 : 1;
}

/** @see https://developer.hashicorp.com/consul/api-docs/txn#kv-operations */
const verbs: Readonly<Record<StoreOperation["verb"], string>> = {
  set: "set",
  "compare-and-set": "cas",
  delete: "delete-cas",
  "check-index": "check-index",
  "check-not-exists": "check-not-exists",
  hold: "lock",
};
