import type { StoreEntry, StoreOperation } from "./store.js";

/** An entry stands under `k/` and its key, a lease under `l/` and its id, the last index given under `index`. */
export type Row = EntryRow | LeaseRow | number;

interface EntryRow {
  readonly value: Uint8Array;
  readonly index: number;
  readonly lease?: string | undefined;
  /** How many leases took the key since something else was written there; Consul's LockIndex. */
  readonly locks?: number | undefined;
}

type Holder = Pick<EntryRow, "lease" | "locks">;

interface LeaseRow {
  /** Milliseconds since 1970. */
  readonly ends: number;
  readonly keys: readonly string[];
}

/** Sorted rows, read and written at once. */
export interface Table {
  get(key: string): Row | undefined;
  put(key: string, row: Row): void;
  remove(key: string): void;
  /** The rows whose keys begin so, sorted by key. */
  rowsWith(prefix: string): Iterable<readonly [key: string, row: Row]>;
}

/** Consul's semantics on a table; what writes is called inside a transaction, after `endLeases`. */
export class Rows {
  constructor(
    private readonly table: Table,
    private readonly now: () => number,
  ) {}

  /** A reader cannot delete what has ended, so it looks away. */
  read(key: string): StoreEntry | undefined {
    return this.toEntry(key, this.entry(key));
  }

  *readAll(prefix: string): Iterable<StoreEntry> {
    for (const [key, row] of this.table.rowsWith(`k/${prefix}`)) {
      const entry = this.toEntry(key.slice(2), row as EntryRow);
      if (entry !== undefined) yield entry;
    }
  }

  /** Whether what the operation presumes is so. */
  allows(operation: StoreOperation): boolean {
    const row = this.entry(operation.key);
    if (operation.verb === "set") return true;
    if (operation.verb === "check-not-exists") return row === undefined;
    if (operation.verb === "delete" && row === undefined) return true;
    if (operation.verb !== "hold") return (row?.index ?? 0) === operation.index;
    const free = row?.lease === undefined || row.lease === operation.lease;
    return free && this.lease(operation.lease) !== undefined;
  }

  apply(operation: StoreOperation): void {
    const { key, verb } = operation;
    if (verb === "delete") this.remove(key);
    else if (verb === "hold") this.hold(key, operation.value, operation.lease);
    else if ("value" in operation) this.write(key, operation.value, { lease: this.entry(key)?.lease });
  }

  /** @returns the id of the lease */
  beginLease(ends: number): string {
    const id = String(this.takeIndex());
    this.table.put(`l/${id}`, { ends, keys: [] });
    return id;
  }

  prolongLease(id: string, ends: number): boolean {
    const lease = this.lease(id);
    if (lease !== undefined) this.table.put(`l/${id}`, { ...lease, ends });
    return lease !== undefined;
  }

  endLease(id: string): void {
    for (const key of this.lease(id)?.keys ?? []) if (this.entry(key)?.lease === id) this.remove(key);
    this.table.remove(`l/${id}`);
  }

  endLeases(): void {
    for (const [key, row] of [...this.table.rowsWith("l/")])
      if ((row as LeaseRow).ends <= this.now()) this.endLease(key.slice(2));
  }

  /** @param holder the lease, and how many had the key; a plain write forgets them, so it does move the index */
  private write(key: string, value: Uint8Array, { lease, locks = 0 }: Holder): void {
    const row = this.entry(key);
    const same = row !== undefined && row.lease === lease && (row.locks ?? 0) === locks;
    if (same && Buffer.compare(row.value, value) === 0) return;
    this.table.put(`k/${key}`, { value, index: this.takeIndex(), lease, locks });
  }

  private hold(key: string, value: Uint8Array, id: string): void {
    const lease = this.lease(id);
    if (lease === undefined) return;
    const { lease: before, locks = 0 } = this.entry(key) ?? {};
    this.write(key, value, { lease: id, locks: before === id ? locks : locks + 1 });
    if (!lease.keys.includes(key)) this.table.put(`l/${id}`, { ...lease, keys: [...lease.keys, key] });
  }

  /** Takes an index too, so that a key made anew never bears one that it had before. */
  private remove(key: string): void {
    this.takeIndex();
    this.table.remove(`k/${key}`);
  }

  private takeIndex(): number {
    const index = ((this.table.get("index") as number | undefined) ?? 0) + 1;
    this.table.put("index", index);
    return index;
  }

  private toEntry(key: string, row: EntryRow | undefined): StoreEntry | undefined {
    if (row === undefined) return undefined;
    if (row.lease !== undefined && (this.lease(row.lease)?.ends ?? 0) <= this.now()) return undefined;
    return { key, value: new Uint8Array(row.value), index: row.index };
  }

  private entry(key: string): EntryRow | undefined {
    return this.table.get(`k/${key}`) as EntryRow | undefined;
  }

  private lease(id: string): LeaseRow | undefined {
    return this.table.get(`l/${id}`) as LeaseRow | undefined;
  }
}
