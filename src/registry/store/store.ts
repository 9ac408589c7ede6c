/** A key with its value. */
export interface StoreEntry {
  readonly key: string;
  readonly value: Uint8Array;
  /** Grows whenever the value changes; what compare-and-set compares. A same-value write does not move it. */
  readonly index: number;
}

/**
 * A step of a transaction. `index` is that of an entry read before.
 * - `set` writes, whatever is there
 * - `compare-and-set` writes if the index is still that, at 0 if there is nothing
 * - `delete` too; a key already gone is well
 * - `check-index` and `check-not-exists` only look
 * - `hold` writes a key that goes away with its lease, and fails while another lease holds it
 */
export type StoreOperation =
  | { readonly verb: "set"; readonly key: string; readonly value: Uint8Array }
  | {
      readonly verb: "compare-and-set";
      readonly key: string;
      readonly value: Uint8Array;
      readonly index: number;
    }
  | { readonly verb: "delete"; readonly key: string; readonly index: number }
  | { readonly verb: "check-index"; readonly key: string; readonly index: number }
  | { readonly verb: "check-not-exists"; readonly key: string }
  | { readonly verb: "hold"; readonly key: string; readonly value: Uint8Array; readonly lease: string };

/**
 * What a read may miss. "consistent" sees every write that was answered before, at the price of a round
 * among Consul's servers; "stale" may be some milliseconds behind and is answered without a leader, too.
 * An embedded store is always consistent.
 */
export type Freshness = "consistent" | "stale";

/**
 * What the registry asks of a key-value store: the semantics of Consul's KV and nothing more.
 * @see https://developer.hashicorp.com/consul/api-docs/txn
 *
 * Every method throws Proto4Error: "store-unreachable" when the store does not answer (whether a write then
 * happened is not known), "store-denied" when it may not be read or written, "store-invalid" for keys,
 * values and transactions past the limits and for a store that holds something else.
 */
export interface Store {
  /** Reads are consistent if not asked otherwise. */
  get(key: string, freshness?: Freshness): Promise<StoreEntry | undefined>;
  /** The entries whose key begins with `prefix`, sorted by key. */
  list(prefix: string, freshness?: Freshness): Promise<readonly StoreEntry[]>;
  /** What `list` gives for each of 1 to 64 prefixes, all in one request and of one moment. */
  listAll(prefixes: readonly string[], freshness?: Freshness): Promise<readonly (readonly StoreEntry[])[]>;
  /** The keys that begin with `prefix`, sorted, without their values. */
  keys(prefix: string): Promise<readonly string[]>;
  /**
   * Does all operations or none; each key may stand in one of them only.
   * @returns whether they were done; `false` when an index, an absence or a lease did not hold
   */
  transact(operations: readonly StoreOperation[]): Promise<boolean>;
  /**
   * The entry as it is, then each time its index has changed; changes between two looks are seen as one.
   * An outage is waited out: the watch goes on with what it finds afterwards. Ends when `signal` aborts.
   */
  watch(key: string, signal: AbortSignal): AsyncIterable<StoreEntry | undefined>;
  /** @param seconds 10 to 86,400; a lease not renewed in that time ends, though not to the second */
  lease(seconds: number): Promise<Lease>;
  close(): Promise<void>;
}

/** A right to keys that lasts while its holder renews it; the keys it holds are deleted with it. */
export interface Lease {
  readonly id: string;
  /** @returns whether the lease was still there */
  renew(): Promise<boolean>;
  release(): Promise<void>;
}

/** What a store needs from outside. */
export interface StoreOptions {
  /** Milliseconds since 1970; by it the leases of an embedded store end. */
  readonly now: () => number;
  /** Whether an embedded store that is not there yet is made; otherwise it is an error. */
  readonly create?: boolean;
  /** An ACL token for Consul. */
  readonly token?: string | undefined;
  /** Where it is given, even empty, Consul is spoken to over TLS. */
  readonly tls?: StoreTls | undefined;
  /**
   * Milliseconds after which a read from a Consul that does not answer is given up; 10,000 if not given. A
   * service that can start without the registry wants less.
   */
  readonly patience?: number | undefined;
  /** A number from 0 to below 1, such as Math.random: spreads the attempts of many clients over time. */
  readonly random?: (() => number) | undefined;
}

/** What is trusted and shown on TLS connections, in PEM. */
export interface StoreTls {
  /** Who signed Consul's certificate; those that Node trusts if not given. */
  readonly ca?: string | undefined;
  /** Of the client, for a Consul that asks for one (`verify_incoming`). */
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  /** What Consul's certificate stands for, where that is not the host of the address. */
  readonly serverName?: string | undefined;
}
