import { setTimeout as sleep } from "node:timers/promises";
import type { RootDatabase } from "lmdb";
import { Proto4Error } from "../../diagnostics/index.js";
import { checkKey, checkLeaseSeconds, checkOperations, checkPrefix } from "./limits.js";
import { lmdbFailed, openLmdbFile } from "./lmdb-file.js";
import { LmdbRows, type Row } from "./lmdb-rows.js";
import type { Lease, Store, StoreEntry, StoreOperation, StoreOptions } from "./store.js";

/** A store in one file, for one machine; several processes may have it open. */
export class LmdbStore implements Store {
  private readonly rows: LmdbRows;

  private constructor(
    private readonly path: string,
    private readonly db: RootDatabase<Row, string>,
    private readonly writable: boolean,
    private readonly now: () => number,
  ) {
    this.rows = new LmdbRows(db, now);
  }

  /** @throws Proto4Error "store-unreachable", "store-denied", "store-invalid" */
  static open(path: string, { now, create = false }: StoreOptions): LmdbStore {
    const { db, writable } = openLmdbFile<Row>(path, create);
    return new LmdbStore(path, db, writable, now);
  }

  async get(key: string): Promise<StoreEntry | undefined> {
    checkKey(key);
    return this.reading(() => this.rows.read(key));
  }

  async list(prefix: string): Promise<readonly StoreEntry[]> {
    checkPrefix(prefix);
    return this.reading(() => [...this.rows.readAll(prefix)]);
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
    await this.db.close();
  }

  private reading<T>(action: () => T): T {
    try {
      this.db.resetReadTxn(); // else one turn of the event loop keeps seeing what it saw first
      return action();
    } catch (cause) {
      throw lmdbFailed(this.path, cause);
    }
  }

  private writing<T>(action: () => T): T {
    if (!this.writable)
      throw new Proto4Error("store-denied", "this store may only be read; check who may write the file", {
        location: { path: this.path },
      });
    try {
      return this.db.transactionSync(() => {
        this.rows.endLeases();
        return action();
      });
    } catch (cause) {
      throw lmdbFailed(this.path, cause);
    }
  }
}

/** LMDB has no notice of other processes' writes; a look costs microseconds. */
const pollMilliseconds = 100;
