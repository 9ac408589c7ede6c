import type { RootDatabase } from "lmdb";
import { Proto4Error } from "../../diagnostics/index.js";
import { EmbeddedStore, type Place } from "./embedded.js";
import { lmdbFailed, openLmdbFile } from "./lmdb-file.js";
import type { Row, Table } from "./rows.js";
import type { Store, StoreOptions } from "./store.js";

/**
 * Opens a store in one file, for one machine; several processes may have it open.
 * @throws Proto4Error "store-unreachable", "store-denied", "store-invalid"
 */
export async function openLmdb(path: string, { now, create = false }: StoreOptions): Promise<Store> {
  const { db, writable } = await openLmdbFile<Row>(path, create);
  return new EmbeddedStore(new LmdbPlace(path, db, writable), now);
}

class LmdbPlace implements Place {
  readonly table: Table;

  constructor(
    private readonly path: string,
    private readonly db: RootDatabase<Row, string>,
    private readonly writable: boolean,
  ) {
    this.table = {
      get: (key) => db.get(key),
      put: (key, row) => db.putSync(key, row),
      remove: (key) => db.removeSync(key),
      rowsWith: (prefix) => rowsWith(db, prefix),
    };
  }

  read<T>(action: () => T): T {
    try {
      this.db.resetReadTxn(); // else one turn of the event loop keeps seeing what it saw first
      return action();
    } catch (cause) {
      throw lmdbFailed(this.path, cause);
    }
  }

  write<T>(action: () => T): T {
    if (!this.writable)
      throw new Proto4Error("store-denied", "this store may only be read; check who may write the file", {
        location: { path: this.path },
      });
    try {
      return this.db.transactionSync(action);
    } catch (cause) {
      throw lmdbFailed(this.path, cause);
    }
  }

  async close(): Promise<void> {
    await this.db.close();
  }
}

/** Keys are ASCII. An end that LMDB knows of spares it the rows behind, which it would read ahead. */
function* rowsWith(db: RootDatabase<Row, string>, prefix: string): Generator<readonly [string, Row]> {
  for (const { key, value } of db.getRange({ start: prefix, end: `${prefix}\uffff` })) yield [key, value];
}
