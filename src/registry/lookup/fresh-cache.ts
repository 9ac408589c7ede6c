import { revKey } from "../store/layout.js";
import type { Store, StoreEntry } from "../store/store.js";
import type { Revision } from "./revision.js";
import { WeighedLru } from "./weighed-lru.js";

interface Kept<T> {
  readonly value: T;
  /** The revision at which it was so. */
  readonly at: number;
}

/** Values made of entries of a store, kept until the registry changes, or as long as the store does not answer. */
export class FreshCache<T> {
  private readonly kept: WeighedLru<Kept<T>>;
  private readonly loading = new Map<string, Promise<T>>();

  /**
   * @param most that everything may weigh
   * @param make gives a value of the entries below a prefix, and what it weighs
   */
  constructor(
    private readonly store: Store,
    private readonly revision: Revision,
    most: number,
    private readonly make: (prefix: string, entries: readonly StoreEntry[]) => [value: T, weight: number],
  ) {
    this.kept = new WeighedLru(most);
  }

  /** @returns `undefined` for what has to be read first: whoever has it need not wait */
  peek(prefix: string): T | undefined {
    const found = this.kept.get(prefix);
    return found !== undefined && this.isGood(found) ? found.value : undefined;
  }

  /** Everybody who asks while it is being read gets the same. @throws Proto4Error as the store does */
  async get(prefix: string): Promise<T> {
    const known = this.peek(prefix);
    if (known !== undefined) return known;
    const loading = this.loading.get(prefix) ?? this.load(prefix);
    this.loading.set(prefix, loading);
    try {
      return await loading;
    } finally {
      this.loading.delete(prefix);
    }
  }

  clear(): void {
    this.kept.clear();
  }

  private isGood({ at }: Kept<T>): boolean {
    return at === this.revision.known || !this.revision.following.answers;
  }

  private async load(prefix: string): Promise<T> {
    try {
      const { entries, at } = await this.read(prefix);
      const [value, weight] = this.make(prefix, entries);
      this.kept.set(prefix, { value, at }, weight);
      return value;
    } catch (error) {
      const known = this.revision.failed(error) ? this.kept.get(prefix) : undefined;
      if (known !== undefined) return known.value;
      throw error;
    }
  }

  /** The entries and the revision are of one moment. A server that lags behind what is known is not believed. */
  private async read(prefix: string) {
    const { known } = this.revision;
    const stale = await this.store.listAll([revKey, prefix], "stale");
    if (indexIn(stale) >= this.revision.known) return this.see(stale, known);
    const before = this.revision.known;
    return this.see(await this.store.listAll([revKey, prefix], "consistent"), before);
  }

  private see(lists: Lists, floor: number) {
    const at = indexIn(lists);
    this.revision.see(at, floor);
    return { entries: lists[1] ?? [], at };
  }
}

type Lists = readonly (readonly StoreEntry[])[];

function indexIn(lists: Lists): number {
  return lists[0]?.[0]?.index ?? 0;
}
