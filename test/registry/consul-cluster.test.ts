import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openStore, type Store } from "../../src/registry/store/index.js";
import { startConsul } from "../setup/consul.js";
import { type ConsulCluster, startConsulCluster } from "../setup/consul-cluster.js";
import { consulAddress } from "../setup/peers.js";

/** What counts at `key`: each write appends its id, so that none can hide that it came twice or never. */
interface Log {
  readonly acknowledged: string[];
  readonly ambiguous: string[];
  /** Lengths that reads saw, each with how many were acknowledged before the read began. */
  readonly reads: { readonly seen: number; readonly least: number }[];
}

const stores: Store[] = [];
afterEach(async () => {
  for (const store of stores.splice(0)) await store.close();
});

describe.skipIf(consulAddress === undefined)("three servers", () => {
  let cluster: ConsulCluster;
  beforeAll(async () => {
    cluster = await startConsulCluster();
  });
  afterAll(() => cluster?.stop());

  test("that lose their leader lose no acknowledged write, do none twice, and read nothing stale", {
    timeout: 90_000,
  }, async () => {
    const log: Log = { acknowledged: [], ambiguous: [], reads: [] };
    const stop = new AbortController();
    const victim = await cluster.leader();
    const writers = await Promise.all(
      [0, 1, 2, victim + 1].map(async (server, number) =>
        keepAppending(await open(cluster.addresses[server % 3]!), `w${number}`, log, stop.signal),
      ),
    );
    await until(() => log.acknowledged.length >= 40);
    await cluster.signal(victim, "SIGKILL");
    const before = log.acknowledged.length;
    await until(() => log.acknowledged.length >= before + 40);
    stop.abort();
    await Promise.all(writers.map(({ done }) => done));

    expect(await cluster.leader()).not.toBe(victim);
    const ids = await readIds(await open(cluster.addresses[(victim + 1) % 3]!));
    expect(new Set(ids).size).toBe(ids.length);
    expect(log.acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
    const known = new Set([...log.acknowledged, ...log.ambiguous]);
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
    expect(log.reads.filter(({ seen, least }) => seen < least)).toEqual([]);
    expect(log.reads.length).toBeGreaterThan(80);
  });
});

describe.skipIf(consulAddress === undefined)("a Consul that is stopped for three seconds", () => {
  test("is waited for: reads come late, writes are done once or told to be ambiguous", {
    timeout: 60_000,
  }, async () => {
    const agent = await startConsul();
    try {
      const log: Log = { acknowledged: [], ambiguous: [], reads: [] };
      const stop = new AbortController();
      const writer = keepAppending(await open(agent.address), "w", log, stop.signal);
      await until(() => log.acknowledged.length >= 20);
      agent.signal("SIGSTOP");
      const reader = await open(agent.address);
      const began = performance.now();
      const reading = reader.get(key);
      await sleep(3_000);
      agent.signal("SIGCONT");
      expect((await reading)?.key).toBe(key);
      expect(performance.now() - began).toBeGreaterThan(2_900);
      const before = log.acknowledged.length;
      await until(() => log.acknowledged.length >= before + 20);
      stop.abort();
      await writer.done;
      const ids = await readIds(reader);
      expect(new Set(ids).size).toBe(ids.length);
      expect(log.acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
    } finally {
      await agent.stop();
    }
  });
});

const key = "c/log";

async function open(address: string): Promise<Store> {
  const store = await openStore(`consul://${address}`, { now: () => 0, random: Math.random });
  stores.push(store);
  return store;
}

/** Appends ids by compare-and-set until it is stopped; after a failure it goes on with another id. */
function keepAppending(store: Store, name: string, log: Log, signal: AbortSignal) {
  const run = async () => {
    for (let count = 0; !signal.aborted; count++) await append(store, `${name}-${count}`, log, signal);
  };
  return { done: run() };
}

async function append(store: Store, id: string, log: Log, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const least = log.acknowledged.length;
    const entry = await store.get(key).catch(() => null);
    if (entry === null) {
      await sleep(50);
      continue;
    }
    const ids = idsOf(entry?.value);
    log.reads.push({ seen: ids.length, least });
    const value = new TextEncoder().encode([...ids, id].join(" "));
    const write = { verb: "compare-and-set", key, value, index: entry?.index ?? 0 } as const;
    const done = await store.transact([write]).catch(() => undefined);
    if (done === true) log.acknowledged.push(id);
    // Whether it was written is not known; so it is not tried again.
    if (done === undefined) log.ambiguous.push(id);
    if (done !== false) return;
  }
}

async function readIds(store: Store): Promise<readonly string[]> {
  return idsOf((await store.get(key))?.value);
}

function idsOf(value: Uint8Array | undefined): readonly string[] {
  return value === undefined ? [] : new TextDecoder().decode(value).split(" ");
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 800) throw new Error("still not so after 40 s");
    await sleep(50);
  }
}
