import type { RootDatabase } from "lmdb";
import type { StoreEntry, StoreOperation } from "./store.js";

/** An entry stands under `k/` and its key, a lease under `l/` and its id, the last index given under `index`. */
export type Row = EntryRow | LeaseRow | number;

interface EntryRow {
  readonly value: Uint8Array;
  readonly index: number;
  readonly lease?: string | undefined;
}

interface LeaseRow {
  /** Milliseconds since 1970. */
  readonly ends: number;
  readonly keys: readonly string[];
}

/** Consul's semantics on rows of LMDB; what writes is called inside a transaction, after `endLeases`. */
export class LmdbRows {
  constructor(
    private readonly db: RootDatabase<Row, string>,
    private readonly now: () => number,
  ) {}

  /** A reader cannot delete what has ended, so it looks away. */
  read(key: string): StoreEntry | undefined {
    const row = this.entry(key);
    if (row === undefined) return undefined;
    if (row.lease !== undefined && (this.lease(row.lease)?.ends ?? 0) <= this.now()) return undefined;
    return { key, value: new Uint8Array(row.value), index: row.index };
  }

  *readAll(prefix: string): Iterable<StoreEntry> {
    for (const row of this.db.getKeys({ start: `k/${prefix}` })) {
      if (!row.startsWith(`k/${prefix}`)) return;
      const entry = this.read(row.slice(2));
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
    else if ("value" in operation) this.write(key, operation.value, this.entry(key)?.lease);
  }

  /** @returns the id of the lease */
  beginLease(ends: number): string {
    const id = String(this.takeIndex());
    this.db.putSync(`l/${id}`, { ends, keys: [] });
    return id;
  }

  prolongLease(id: string, ends: number): boolean {
    const lease = this.lease(id);
    if (lease !== undefined) this.db.putSync(`l/${id}`, { ...lease, ends });
    return lease !== undefined;
  }

  endLease(id: string): void {
    for (const key of this.lease(id)?.keys ?? []) if (this.entry(key)?.lease === id) this.remove(key);
    this.db.removeSync(`l/${id}`);
  }

  endLeases(): void {
    for (const { key, value } of [...this.db.getRange({ start: "l/", end: "l0" })])
      if ((value as LeaseRow).ends <= this.now()) this.endLease(key.slice(2));
  }

  private write(key: string, value: Uint8Array, lease: string | undefined): void {
    const row = this.entry(key);
    if (row !== undefined && row.lease === lease && Buffer.compare(row.value, value) === 0) return;
    this.db.putSync(`k/${key}`, { value, index: this.takeIndex(), lease });
  }

  private hold(key: string, value: Uint8Array, id: string): void {
    const lease = this.lease(id);
    if (lease === undefined) return;
    this.write(key, value, id);
    if (!lease.keys.includes(key)) this.db.putSync(`l/${id}`, { ...lease, keys: [...lease.keys, key] });
  }

  /** Takes an index too, so that a key made anew never bears one that it had before. */
  private remove(key: string): void {
    this.takeIndex();
    this.db.removeSync(`k/${key}`);
  }

  private takeIndex(): number {
    const index = ((this.db.get("index") as number | undefined) ?? 0) + 1;
    this.db.putSync("index", index);
    return index;
  }

  private entry(key: string): EntryRow | undefined {
    return this.db.get(`k/${key}`) as EntryRow | undefined;
  }

  private lease(id: string): LeaseRow | undefined {
    return this.db.get(`l/${id}`) as LeaseRow | undefined;
  }
}
