import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Store, StoreEntry } from "../../src/registry/store/index.js";
import { describeStores, openTestStore } from "./stores.js";

describeStores("the store contract", ({ name, fresh }) => {
  let store: Store;
  let other: Store;
  let now = 0;

  beforeEach(async () => {
    const url = fresh();
    store = await openTestStore(url, () => now);
    other = await openTestStore(url, () => now);
  });
  afterEach(async () => {
    await store.close();
    await other.close();
  });

  const set = (key: string, text: string) => store.transact([{ verb: "set", key, value: bytes(text) }]);
  const indexOf = async (key: string) => (await store.get(key))?.index ?? 0;

  test("what one wrote another reads at once", async () => {
    expect(await store.get("a/b")).toBeUndefined();
    expect(await other.get("a/b")).toBeUndefined();
    await set("a/b", "one");
    expect(text(await other.get("a/b"))).toBe("one");
  });

  test("every byte comes back, and an empty value is not an absent one", async () => {
    const value = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    await store.transact([
      { verb: "set", key: "all", value },
      { verb: "set", key: "none", value: bytes("") },
    ]);
    expect((await store.get("all"))?.value).toEqual(value);
    expect((await store.get("none"))?.value).toEqual(bytes(""));
  });

  test("a list has what begins with the prefix, by key, and nothing beside", async () => {
    for (const key of ["p/b", "p/a", "p/a/c", "px", "o/z", "q/a"]) await set(key, key);
    expect((await store.list("p/")).map(({ key }) => key)).toEqual(["p/a", "p/a/c", "p/b"]);
    expect((await store.list("p/a")).map(text)).toEqual(["p/a", "p/a/c"]);
    expect(await store.list("nothing/")).toEqual([]);
  });

  test("many lists come at once, each as by itself, though they overlap", async () => {
    for (const key of ["p/b", "p/a", "p/a/c", "px", "q/a"]) await set(key, key);
    const prefixes = ["q/", "p/a", "p/", "nothing/", "p/a"];
    for (const freshness of ["consistent", "stale"] as const) {
      const lists = await other.listAll(prefixes, freshness);
      expect(lists).toEqual(await Promise.all(prefixes.map((prefix) => store.list(prefix, freshness))));
      expect(lists.map((list) => list.map(text))).toEqual([
        ["q/a"],
        ["p/a", "p/a/c"],
        ["p/a", "p/a/c", "p/b"],
        [],
        ["p/a", "p/a/c"],
      ]);
    }
    await expect(store.listAll([])).rejects.toMatchObject({ code: "store-invalid" });
    await expect(store.listAll(Array.from({ length: 65 }, () => "p/"))).rejects.toMatchObject({
      code: "store-invalid",
    });
    expect(await store.listAll(Array.from({ length: 64 }, (_, n) => `n/${n}`))).toHaveLength(64);
  });

  test("many lists are of one moment", async () => {
    const pair = (value: string) =>
      ["a/k", "b/k"].map((key) => ({ verb: "set", key, value: bytes(value) }) as const);
    await store.transact(pair("0"));
    let writing = true;
    const writer = (async () => {
      for (let count = 1; writing; count++) {
        await store.transact(pair(String(count)));
        await sleep(0);
      }
    })();
    const seen = new Set<string | undefined>();
    for (let count = 0; count < 100; count++) {
      const [[a], [b]] = (await other.listAll(["a/", "b/"])) as [[StoreEntry], [StoreEntry]];
      expect(text(a)).toBe(text(b));
      seen.add(text(a));
      await sleep(0);
    }
    writing = false;
    await writer;
    expect(seen.size).toBeGreaterThan(1);
  });

  test("names alone are those of the list", async () => {
    for (const key of ["p/b", "p/a", "p/a/c", "px"]) await set(key, key);
    expect(await other.keys("p/")).toEqual(["p/a", "p/a/c", "p/b"]);
    expect(await other.keys("p/a/c")).toEqual(["p/a/c"]);
    expect(await other.keys("nothing/")).toEqual([]);
  });

  test("an index grows with each change and stays at a same-value write", async () => {
    await set("k", "one");
    const first = await indexOf("k");
    await set("k", "one");
    expect(await indexOf("k")).toBe(first);
    await set("k", "two");
    const second = await indexOf("k");
    expect(second).toBeGreaterThan(first);
    await store.transact([{ verb: "delete", key: "k", index: second }]);
    await set("k", "two");
    expect(await indexOf("k")).toBeGreaterThan(second);
  });

  test("compare-and-set writes at the index it read, and at 0 only what is absent", async () => {
    const write = (value: string, index: number) =>
      store.transact([{ verb: "compare-and-set", key: "k", value: bytes(value), index }]);
    expect(await write("one", 0)).toBe(true);
    expect(await write("again", 0)).toBe(false);
    const index = await indexOf("k");
    expect(await write("two", index)).toBe(true);
    expect(await write("three", index)).toBe(false);
    expect(text(await store.get("k"))).toBe("two");
  });

  test("a transaction is done whole or not at all", async () => {
    await set("here", "x");
    const index = await indexOf("here");
    const write = { verb: "set", key: "new", value: bytes("y") } as const;
    const failing = [
      { verb: "check-index", key: "here", index: index + 1 },
      { verb: "check-index", key: "absent", index },
      { verb: "check-not-exists", key: "here" },
      { verb: "compare-and-set", key: "here", value: bytes("z"), index: 0 },
      { verb: "delete", key: "here", index: index + 1 },
    ] as const;
    for (const check of failing) {
      expect(await store.transact([write, check])).toBe(false);
      expect(await store.transact([check, write])).toBe(false);
    }
    expect(await store.get("new")).toBeUndefined();
    expect(text(await store.get("here"))).toBe("x");
    expect(
      await store.transact([
        write,
        { verb: "delete", key: "here", index },
        { verb: "check-not-exists", key: "absent" },
        { verb: "delete", key: "gone-already", index: 7 },
      ]),
    ).toBe(true);
    expect(await store.get("here")).toBeUndefined();
    expect(text(await store.get("new"))).toBe("y");
  });

  test("a single operation follows the same rules", async () => {
    await set("k", "one");
    const index = await indexOf("k");
    expect(await store.transact([{ verb: "check-index", key: "k", index }])).toBe(true);
    expect(await store.transact([{ verb: "check-not-exists", key: "k" }])).toBe(false);
    expect(await store.transact([{ verb: "delete", key: "k", index: index + 1 }])).toBe(false);
    expect(await store.transact([{ verb: "delete", key: "k", index }])).toBe(true);
    expect(await store.get("k")).toBeUndefined();
  });

  test("of twenty writers at one index exactly one wins", async () => {
    await set("k", "start");
    const index = await indexOf("k");
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        [store, other][number % 2]!.transact([
          { verb: "compare-and-set", key: "k", value: bytes(String(number)), index },
          { verb: "set", key: `mark/${number}`, value: bytes("") },
        ]),
      ),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    const [mark, ...more] = await store.list("mark/");
    expect(more).toEqual([]);
    expect(mark?.key).toBe(`mark/${text(await store.get("k"))}`);
  });

  test("64 operations and the largest value fit, one more is refused before it is sent", async () => {
    const writes = (count: number) =>
      Array.from(
        { length: count },
        (_, number) => ({ verb: "set", key: `n/${number}`, value: bytes("v") }) as const,
      );
    expect(await store.transact(writes(64))).toBe(true);
    await expect(store.transact(writes(65))).rejects.toMatchObject({ code: "store-invalid" });
    await expect(store.transact([])).rejects.toMatchObject({ code: "store-invalid" });

    const large = new Uint8Array(524_288).fill(7);
    expect(await store.transact([{ verb: "set", key: "large", value: large }])).toBe(true);
    expect(Buffer.compare((await store.get("large"))!.value, large)).toBe(0);
    const larger = { verb: "set", key: "larger", value: new Uint8Array(524_289) } as const;
    await expect(store.transact([larger])).rejects.toMatchObject({ code: "store-invalid" });
    expect(await store.get("larger")).toBeUndefined();
  });

  test("a transaction as large as the limits allow is taken", async () => {
    const value = new Uint8Array(5_700).fill(255);
    const key = (number: number) => `${"k".repeat(120)}/${number}`;
    const writes = Array.from(
      { length: 64 },
      (_, number) => ({ verb: "set", key: key(number), value }) as const,
    );
    expect(await store.transact(writes)).toBe(true);
    const wide = writes.map((write) => ({ ...write, value: new Uint8Array(6_200) }));
    await expect(store.transact(wide)).rejects.toMatchObject({ code: "store-invalid" });
  });

  test("keys that some store would spell otherwise are refused", async () => {
    for (const key of ["", "/a", "a/", "a//b", "a/../b", ".", "a%2Fb", "a b", "ä", "a?b", "k".repeat(513)]) {
      await expect(store.get(key)).rejects.toMatchObject({ code: "store-invalid" });
      await expect(store.listAll(["ok/", `${key}//`])).rejects.toMatchObject({ code: "store-invalid" });
      await expect(store.keys(`${key}//`)).rejects.toMatchObject({ code: "store-invalid" });
      await expect(set(key, "x")).rejects.toMatchObject({ code: "store-invalid" });
    }
    const twice = ["a", "a"].map((key) => ({ verb: "set", key, value: bytes("x") }) as const);
    await expect(store.transact(twice)).rejects.toMatchObject({ code: "store-invalid" });
  });

  test("a watch tells what is there, then each change, but no write beside it", async () => {
    const stop = new AbortController();
    const seen: (string | undefined)[] = [];
    const watching = collect(store.watch("w/k", stop.signal), seen);
    await until(() => seen.length === 1);
    await other.transact([{ verb: "set", key: "w/beside", value: bytes("x") }]);
    await other.transact([{ verb: "set", key: "w/k", value: bytes("one") }]);
    await until(() => seen.length === 2);
    await other.transact([{ verb: "set", key: "w/beside", value: bytes("y") }]);
    await other.transact([{ verb: "set", key: "w/k", value: bytes("two") }]);
    await until(() => seen.length === 3);
    await other.transact([{ verb: "delete", key: "w/k", index: await indexOf("w/k") }]);
    await until(() => seen.length === 4);
    stop.abort();
    await watching;
    expect(seen).toEqual([undefined, "one", "two", undefined]);
  });

  test("a lease takes its keys with it, and only those", async () => {
    const lease = await store.lease(10);
    const hold = (key: string, id: string) =>
      store.transact([{ verb: "hold", key, value: bytes("held"), lease: id }]);
    await set("mine/free", "stays");
    expect(await hold("mine/a", lease.id)).toBe(true);
    expect(await hold("mine/b", lease.id)).toBe(true);
    expect(await hold("mine/a", lease.id)).toBe(true);
    const rival = await other.lease(10);
    expect(await hold("mine/a", rival.id)).toBe(false);
    expect(await lease.renew()).toBe(true);

    await lease.release();
    expect((await other.list("mine/")).map(({ key }) => key)).toEqual(["mine/free"]);
    expect(await lease.renew()).toBe(false);
    expect(await hold("mine/a", lease.id)).toBe(false);
    expect(await hold("mine/a", rival.id)).toBe(true);
    await rival.release();
  });

  test("a lease that nobody renews ends", { timeout: 60_000 }, async () => {
    const lease = await store.lease(10);
    await store.transact([{ verb: "hold", key: "live/a", value: bytes("held"), lease: lease.id }]);
    now += 9_999;
    expect(await other.get("live/a")).toBeDefined();
    now += 1;
    // Consul takes up to twice the time.
    if (name === "consul") await untilAsync(async () => (await other.get("live/a")) === undefined, 45_000);
    expect(await other.get("live/a")).toBeUndefined();
    expect(await store.list("live/")).toEqual([]);
    expect(await lease.renew()).toBe(false);
  });

  test("a lease lasts between ten seconds and a day", async () => {
    for (const seconds of [9, 86_401, 10.5, Number.NaN])
      await expect(store.lease(seconds)).rejects.toMatchObject({ code: "store-invalid" });
  });
});

async function collect(changes: AsyncIterable<StoreEntry | undefined>, into: (string | undefined)[]) {
  for await (const entry of changes) into.push(entry && text(entry));
}

async function until(condition: () => boolean): Promise<void> {
  await untilAsync(async () => condition(), 5_000);
}

async function untilAsync(condition: () => Promise<boolean>, milliseconds: number): Promise<void> {
  for (let waited = 0; waited < milliseconds; waited += 50) {
    if (await condition()) return;
    await sleep(50);
  }
  throw new Error(`still not so after ${milliseconds} ms`);
}

function bytes(value: string): Uint8Array {
  return new TextEncoder().encode(value);
}

function text(entry: StoreEntry | undefined): string | undefined {
  return entry && new TextDecoder().decode(entry.value);
}
