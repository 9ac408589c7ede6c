import { afterEach, beforeEach, expect, test } from "vitest";
import { Proto4Error } from "../../src/diagnostics/index.js";
import { noCache } from "../../src/registry/blob-cache.js";
import { loadBlobs, makeBlob, writeBlob } from "../../src/registry/blobs.js";
import type { Store } from "../../src/registry/store/index.js";
import { describeStores, openTestStore } from "./stores.js";

// Of parts that differ, twelve of them, and one in a single part.
const large = makeBlob(Buffer.from(Array.from({ length: 6_000_000 }, (_, at) => (at >> 12) & 255)));
const small = makeBlob(Buffer.from("small"));

describeStores("a store that is too slow for large answers", ({ fresh }) => {
  let store: Store;
  beforeEach(async () => {
    store = await openTestStore(fresh());
    for (const blob of [large, small]) await writeBlob({ store, cache: noCache }, blob);
  });
  afterEach(() => store.close());

  test("gives large blobs in pieces", async () => {
    const found = await loadBlobs({ store: slow(store, 3_000_000), cache: noCache }, [
      large.digest,
      small.digest,
    ]);
    expect(found.map((bytes) => makeBlob(bytes).digest)).toEqual([large.digest, small.digest]);
  });

  test("and does not answer at all is not asked for ever", async () => {
    const reading = loadBlobs({ store: slow(store, 1_000), cache: noCache }, [large.digest]);
    await expect(reading).rejects.toMatchObject({ code: "store-unreachable" });
  });
});

/** As if it took longer for more than so many bytes than anybody waits. */
function slow(store: Store, most: number): Store {
  const limited = async (...args: Parameters<Store["listAll"]>) => {
    const found = await store.listAll(...args);
    const bytes = found.flat().reduce((sum, { value }) => sum + value.length, 0);
    if (bytes > most) throw new Proto4Error("store-unreachable", "it takes too long");
    return found;
  };
  const list: Store["list"] = async (prefix, freshness) => (await limited([prefix], freshness))[0]!;
  return new Proxy(store, {
    get: (target, name) => {
      if (name === "listAll") return limited;
      if (name === "list") return list;
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
