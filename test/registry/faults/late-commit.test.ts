import { afterEach, beforeEach, expect, test } from "vitest";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import type { Store, StoreOperation } from "../../../src/registry/store/index.js";
import { push } from "../contracts.js";
import { readTruth } from "../histories/client.js";
import { grownImage } from "../histories/grown.js";
import { describeStores, openTestStore } from "../stores.js";

const grown = (...numbers: readonly number[]) => ({ image: grownImage(numbers), sources: new Map() });

describeStores("a commit that is done after it was given up", ({ fresh }) => {
  let address: string;
  let store: Store;
  let other: Store;
  beforeEach(async () => {
    address = fresh();
    store = await openTestStore(address);
    other = await openTestStore(address);
    await push(store, grown(1), { subject: "acme/grown" });
  });
  afterEach(async () => {
    await store.close();
    await other.close();
  });

  /** The first commit gets no answer, and is done after the store was asked about it, before it is read anew. */
  const late = (afterwards: () => Promise<unknown>): Store => {
    let waiting: readonly StoreOperation[] | undefined;
    let reads = 0;
    return overriding(store, {
      transact: async (operations) => {
        if (waiting !== undefined || !isCommit(operations)) return store.transact(operations);
        waiting = operations;
        throw new Proto4Error("store-unreachable", "no answer");
      },
      get: async (key, freshness) => {
        const found = await store.get(key, freshness);
        if (waiting !== undefined && key.includes("/version/")) await land();
        return found;
      },
      listAll: async (prefixes, freshness) => {
        if (waiting !== undefined) await land();
        return store.listAll(prefixes, freshness);
      },
    });
    async function land(): Promise<void> {
      if (reads++ > 0) return;
      expect(await store.transact(waiting!)).toBe(true);
      await afterwards();
    }
  };

  test("is told as what it is, published", async () => {
    const outcome = await push(
      late(async () => {}),
      grown(1, 2),
      { subject: "acme/grown", id: "late" },
    );
    expect(outcome).toMatchObject({ outcome: "published", version: { seq: 2 } });
    expect((await readTruth(address)).map(({ publish }) => publish)).toEqual([expect.any(String), "late"]);
  });

  test("is not told to be refused because others have gone on from it", async () => {
    const onward = () => push(other, grown(1, 2, 3), { subject: "acme/grown", id: "onward" });
    const outcome = await push(late(onward), grown(1, 2), { subject: "acme/grown", id: "late" });
    expect(outcome).toMatchObject({ outcome: "published", version: { seq: 2 } });
    expect((await readTruth(address)).map(({ publish }) => publish).slice(1)).toEqual(["late", "onward"]);
  });

  test("is not done again behind what others have published since", async () => {
    // What lacks a field is published with force, so that the elder version fits again.
    const onward = () =>
      push(other, grown(1), { subject: "acme/grown", id: "onward", force: "for the test" });
    await push(late(onward), grown(1, 2), { subject: "acme/grown", id: "late" });
    expect((await readTruth(address)).map(({ publish }) => publish).slice(1)).toEqual(["late", "onward"]);
  });
});

function isCommit(operations: readonly StoreOperation[]): boolean {
  return operations.some(({ key }) => key.endsWith("/head"));
}

/** The store with some of its methods replaced. */
function overriding(store: Store, methods: Partial<Store>): Store {
  return new Proxy(store, {
    get: (target, name) => {
      const replaced = (methods as Record<PropertyKey, unknown>)[name];
      const value = replaced ?? Reflect.get(target, name);
      return typeof value === "function" && replaced === undefined ? value.bind(target) : value;
    },
  });
}
