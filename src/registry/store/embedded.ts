import { setTimeout as sleep } from "node:timers/promises";
import { checkKey, checkLeaseSeconds, checkOperations, checkPrefix, checkPrefixes } from "./limits.js";
import { Rows, type Table } from "./rows.js";
import type { Lease, Store, StoreEntry, StoreOperation } from "./store.js";

/** Where the rows of an embedded store stand. */
export interface Place {
  readonly table: Table;
  /** Runs what reads, so that it sees one moment. */
  read<T>(action: () => T): T;
  /** Runs what writes, alone among all that write, so that it happens whole or not at all. */
  write<T>(action: () => T): T;
  close(): Promise<void>;
}

/** A store within the process, with Consul's semantics; every read is consistent. */
export class EmbeddedStore implements Store {
  private readonly rows: Rows;

  /** @param now milliseconds since 1970 */
  constructor(
    private readonly place: Place,
    private readonly now: () => number,
  ) {
    this.rows = new Rows(place.table, now);
  }

  async get(key: string): Promise<StoreEntry | undefined> {
    checkKey(key);
    return this.place.read(() => this.rows.read(key));
  }

  async list(prefix: string): Promise<readonly StoreEntry[]> {
    checkPrefix(prefix);
    return this.place.read(() => [...this.rows.readAll(prefix)]);
  }

  async listAll(prefixes: readonly string[]): Promise<readonly (readonly StoreEntry[])[]> {
    checkPrefixes(prefixes);
    return this.place.read(() => prefixes.map((prefix) => [...this.rows.readAll(prefix)]));
  }

  async keys(prefix: string): Promise<readonly string[]> {
    checkPrefix(prefix);
    // One value at a time: all together they may be more than memory holds.
    return this.place.read(() => Array.from(this.rows.readAll(prefix), ({ key }) => key));
  }

  async transact(operations: readonly StoreOperation[]): Promise<boolean> {
    checkOperations(operations);
    return this.writing(() => {
      if (!operations.every((operation) => this.rows.allows(operation))) return false;
      for (const operation of operations) this.rows.apply(operation);
      return true;
    });
  }

  async *watch(key: string, signal: AbortSignal): AsyncIterable<StoreEntry | undefined> {
    let seen: number | undefined = -1;
    while (!signal.aborted) {
      const entry = await this.get(key);
      if (entry?.index !== seen) yield entry;
      seen = entry?.index;
      await sleep(pollMilliseconds, undefined, { signal }).catch(() => {});
    }
  }

  async lease(seconds: number): Promise<Lease> {
    checkLeaseSeconds(seconds);
    const ends = () => this.now() + seconds * 1000;
    const id = this.writing(() => this.rows.beginLease(ends()));
    return {
      id,
      renew: async () => this.writing(() => this.rows.prolongLease(id, ends())),
      release: async () => this.writing(() => this.rows.endLease(id)),
    };
  }

  async close(): Promise<void> {
    await this.place.close();
  }

  private writing<T>(action: () => T): T {
    return this.place.write(() => {
      this.rows.endLeases();
      return action();
    });
  }
}

/** LMDB has no notice of other processes' writes; a look costs microseconds. */
const pollMilliseconds = 100;
