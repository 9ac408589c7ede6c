import { EmbeddedStore } from "./embedded.js";
import type { Row, Table } from "./rows.js";
import type { Store, StoreOptions } from "./store.js";

/** Opens the store of that name: the same one for everybody in this process, for as long as it lives. */
export function openMemory(name: string, { now }: StoreOptions): Store {
  const table = tables.get(name) ?? new MemoryTable();
  tables.set(name, table);
  // One thread, and nothing in between that waits or fails half-way: every action is a moment by itself.
  const place = {
    table,
    read: <T>(action: () => T) => action(),
    write: <T>(action: () => T) => action(),
    close: async () => {},
  };
  return new EmbeddedStore(place, now);
}

class MemoryTable implements Table {
  private readonly rows = new Map<string, Row>();
  private readonly sorted: string[] = [];

  get(key: string): Row | undefined {
    return this.rows.get(key);
  }

  put(key: string, row: Row): void {
    if (!this.rows.has(key)) this.sorted.splice(this.place(key), 0, key);
    this.rows.set(key, copyOf(row));
  }

  remove(key: string): void {
    if (this.rows.delete(key)) this.sorted.splice(this.place(key), 1);
  }

  *rowsWith(prefix: string): Iterable<readonly [string, Row]> {
    for (let at = this.place(prefix); this.sorted[at]?.startsWith(prefix); at++)
      yield [this.sorted[at]!, this.rows.get(this.sorted[at]!)!];
  }

  /** How many keys come before `key`. */
  private place(key: string): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.sorted[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The writer's bytes stay the writer's. */
function copyOf(row: Row): Row {
  return typeof row === "object" && "value" in row ? { ...row, value: new Uint8Array(row.value) } : row;
}

const tables = new Map<string, MemoryTable>();
