import { Proto4Error } from "../../diagnostics/index.js";
import { type ConsulAnswer, consulDenied } from "./consul-failed.js";
import type { StoreEntry } from "./store.js";

/** What a read found, and the index from which to wait for another. */
export interface ConsulRead {
  readonly items: readonly StoreEntry[];
  readonly index: number;
}

/** Reads what the KV API answers. Each method throws Proto4Error "store-invalid" for anything else. */
export class ConsulAnswers {
  /** @param address for the messages */
  constructor(private readonly address: string) {}

  /** @param found one item or several, values as bytes */
  entries(answer: ConsulAnswer, found: unknown): ConsulRead {
    this.checkWhole(answer);
    const items = found === undefined ? [] : [found].flat().map((item) => this.entry(item));
    return { items, index: this.index(answer) };
  }

  keys(answer: ConsulAnswer, found: unknown): readonly string[] {
    this.checkWhole(answer);
    this.index(answer);
    const keys = found === undefined ? [] : found;
    if (Array.isArray(keys) && keys.every((key) => typeof key === "string")) return keys;
    throw this.noConsul();
  }

  /** What a transaction of reads found, values in base64; each key once, though it was listed twice. */
  results(answer: ConsulAnswer, found: unknown): ReadonlyMap<string, StoreEntry> {
    this.checkWhole(answer);
    const { Results: results } = (found ?? {}) as { readonly Results?: unknown };
    if (!Array.isArray(results)) throw this.noConsul();
    const items = results.map(({ KV: item }) =>
      this.entry({ ...item, Value: typeof item?.Value === "string" ? bytesOf(item.Value) : null }),
    );
    return new Map(items.map((item) => [item.key, item]));
  }

  /** Whether a write was done. */
  done({ headers }: ConsulAnswer, found: unknown): boolean {
    if (typeof found === "boolean" && String(headers["content-type"]).includes("json")) return found;
    throw this.noConsul();
  }

  transacted(_: ConsulAnswer, found: unknown): true {
    if (typeof found === "object" && found !== null && "Results" in found) return true;
    throw this.noConsul();
  }

  sessionId(_: ConsulAnswer, found: unknown): string {
    const { ID: id } = (found ?? {}) as { readonly ID?: unknown };
    if (typeof id === "string" && id !== "") return id;
    throw this.noConsul();
  }

  private entry(item: unknown): StoreEntry {
    const { Key: key, Value: value, ModifyIndex: index } = (item ?? {}) as Readonly<Record<string, unknown>>;
    if (
      typeof key === "string" &&
      typeof index === "number" &&
      (value === null || value instanceof Uint8Array)
    )
      return { key, value: new Uint8Array(value ?? []), index };
    throw this.noConsul();
  }

  /** Consul gives one also where a key is not there; by it, that is told from a stranger's "not found". */
  private index(answer: ConsulAnswer): number {
    const index = answer.headers["x-consul-index"];
    if (index === undefined) throw this.noConsul();
    return Number(index);
  }

  /** Said since Consul 1.11: part of a list was kept back. */
  private checkWhole(answer: ConsulAnswer): void {
    if (answer.headers["x-consul-results-filtered-by-acls"] === "true")
      throw consulDenied(this.address, "a part of the keys may not be read");
  }

  private noConsul(): Proto4Error {
    return new Proto4Error(
      "store-invalid",
      `what answers at ${this.address} is no Consul; check the address`,
    );
  }
}

function bytesOf(base64: string): Uint8Array {
  return Buffer.from(base64, "base64");
}
