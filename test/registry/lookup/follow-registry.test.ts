import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import {
  deleteVersion,
  type FollowedRegistry,
  type FollowOptions,
  findFingerprint,
  findSubject,
  followRegistry,
  openRegistry,
  setLabel,
} from "../../../src/registry/index.js";
import type { Store } from "../../../src/registry/store/index.js";
import { startConsul } from "../../setup/consul.js";
import { consulAddress } from "../../setup/peers.js";
import { actor } from "../actor.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { describeStores, openTestStore } from "../stores.js";
import { withoutCache } from "./registries.js";

let versions: readonly Compiled[];

beforeAll(async () => {
  const more = ["int32 age = 2", "string mail = 3", "string fax = 4"];
  versions = await Promise.all(
    [0, 1, 2, 3].map((count) => compile(userProto("string name = 1", ...more.slice(0, count)))),
  );
});

describeStores("a registry that is followed", ({ fresh }) => {
  let store: Store;
  let other: Store;
  let reads: string[];
  let stop: AbortController;
  let followed: FollowedRegistry;

  beforeEach(async () => {
    const url = fresh();
    store = await openTestStore(url);
    other = await openTestStore(url);
    for (const version of versions.slice(0, 2)) await push(other, version);
    stop = new AbortController();
    reads = [];
    followed = follow(counting(store, reads), stop.signal);
  });
  afterEach(async () => {
    stop.abort();
    await store.close();
    await other.close();
  });

  const version = async (wanted?: number | string) =>
    (await followed.version({ subject: "acme/user", version: wanted })).seq;

  test("is looked up by subject, version, label, fingerprint and symbol", async () => {
    await setLabel(other, { subject: "acme/user", version: 1 }, "main", actor());
    const subject = await findSubject(other, "acme/user");
    expect(await followed.subject("acme/user")).toEqual(subject);
    expect([await version(), await version(1), await version("main")]).toEqual([2, 1, 1]);
    const [{ fingerprint } = { fingerprint: "" }] = subject.versions[0]!.contracts;
    for (const begin of [fingerprint, fingerprint.slice(0, 16)])
      expect(await followed.fingerprint(begin)).toEqual(await findFingerprint(other, begin));
    expect(await followed.symbol("acme.v1.User.age")).toMatchObject({
      subject: "acme/user",
      seq: 2,
      line: "int32 age = 2",
    });
    expect(await followed.symbol("acme.v1.User", { subject: "acme/user", version: "main" })).toMatchObject({
      seq: 1,
    });
    const { files } = await followed.open(await followed.version({ subject: "acme/user", version: 2 }));
    expect(files.map(({ path }) => path)).toEqual(["acme/v1/user.proto"]);
  });

  test("is asked once for what is asked again, also by many at once", async () => {
    await vi.waitFor(() => expect(followed.following.heard).toBeDefined());
    reads.length = 0;
    const ask = () => [version(), followed.subject("acme/user")];
    await Promise.all([...ask(), ...ask()]);
    expect(reads).toEqual(["proto4/v1/rev proto4/v1/subject/acme/user/"]);
    await Promise.all([...ask(), version(1)]);
    for (let time = 0; time < 2; time++) await followed.symbol("acme.v1.User.age");
    expect(reads.filter((each) => !each.includes("blob"))).toEqual([
      "proto4/v1/rev proto4/v1/subject/acme/user/",
      "proto4/v1/rev proto4/v1/packages",
    ]);
    expect(reads.filter((each) => each.includes("blob"))).toHaveLength(1);
  });

  test("reads one version by itself where that is asked for by number", async () => {
    await vi.waitFor(() => expect(followed.following.heard).toBeDefined());
    reads.length = 0;
    for (let count = 0; count < 10; count++)
      await push(other, await compile(userProto("string name = 1", `int32 age = 2`, `bool b${count} = 3`)), {
        force: "to have ten",
      });
    expect([await version(1), await version(1), await version(12)]).toEqual([1, 1, 12]);
    const prefix = "proto4/v1/rev proto4/v1/subject/acme/user/version";
    expect(new Set(reads)).toEqual(new Set([`${prefix}/1`, `${prefix}/12`]));
    await deleteVersion(
      withoutCache(other),
      { subject: "acme/user", seq: 1, hard: false, ...actor() },
      async () => [],
    );
    await vi.waitFor(
      () => expect(version(1)).rejects.toMatchObject({ message: expect.stringContaining("deleted by jo") }),
      { timeout: 10_000 },
    );
    await expect(version(13)).rejects.toMatchObject({
      message: "acme/user has no version 13: it has 2 to 12",
    });
  });

  test("tells what others change, soon and without being asked for it", async () => {
    expect(await version()).toBe(2);
    await push(other, versions[2]!);
    await vi.waitFor(async () => expect(await version()).toBe(3), { timeout: 10_000 });
    expect(await followed.symbol("acme.v1.User.mail")).toMatchObject({ seq: 3 });
    await setLabel(other, { subject: "acme/user", version: 1 }, "main", actor());
    await vi.waitFor(async () => expect(await version("main")).toBe(1), { timeout: 10_000 });
    const gone = { subject: "acme/user", seq: 3, hard: false, ...actor() };
    await deleteVersion(withoutCache(other), gone, async () => []);
    await vi.waitFor(async () => expect(await version()).toBe(2), { timeout: 10_000 });
    await expect(version(3)).rejects.toMatchObject({ message: expect.stringContaining("was deleted by jo") });
  });

  test("says what is not there, without listing everything again, and finds it once it is", async () => {
    const missing = { code: "subject-missing", message: expect.stringContaining("it holds acme/user") };
    const ask = () => followed.version({ subject: "acme/other", version: undefined });
    await expect(ask()).rejects.toMatchObject(missing);
    reads.length = 0;
    await expect(ask()).rejects.toMatchObject(missing);
    expect(reads).toEqual([]);
    await expect(version(9)).rejects.toMatchObject({ message: "acme/user has no version 9: it has 1 to 2" });
    await expect(followed.symbol("acme.v1.User.none")).rejects.toMatchObject({ code: "symbol-missing" });
    await expect(followed.symbol("other.v1.User")).rejects.toMatchObject({ code: "symbol-missing" });
    await expect(followed.subject("../x")).rejects.toMatchObject({ code: "subject-invalid" });
    const others = await compile({ "b.proto": 'syntax = "proto3"; package other.v1; message User {}' });
    await push(other, others, { subject: "acme/other" });
    await vi.waitFor(async () => expect(await ask()).toMatchObject({ seq: 1 }), { timeout: 10_000 });
    expect(await followed.symbol("other.v1.User")).toMatchObject({ subject: "acme/other" });
  });

  test("does not believe a server that lags behind what is known", async () => {
    const behind = await other.listAll(["proto4/v1/rev", "proto4/v1/subject/acme/user/"]);
    await push(other, versions[2]!);
    const lagging: Store = Object.assign(Object.create(store) as Store, {
      listAll: (prefixes: readonly string[], freshness?: "stale" | "consistent") =>
        freshness === "stale" ? Promise.resolve(behind) : store.listAll(prefixes, freshness),
    });
    followed = follow(lagging, stop.signal);
    await vi.waitFor(() => expect(followed.following.heard).toBeDefined());
    expect(await version()).toBe(3);
  });

  test("is wiped: what was known of it is forgotten", async () => {
    expect(await version()).toBe(2);
    for (const { key, index } of await other.list("proto4/"))
      await other.transact([{ verb: "delete", key, index }]);
    await vi.waitFor(
      () => expect(version()).rejects.toMatchObject({ message: expect.stringContaining("it is empty") }),
      { timeout: 10_000 },
    );
  });

  test("keeps no more than it may, and answers all the same", async () => {
    followed = follow(store, stop.signal, { memory: 2_000 });
    for (let time = 0; time < 3; time++) {
      expect(await version()).toBe(2);
      expect(await followed.symbol("acme.v1.User.age")).toMatchObject({ seq: 2 });
    }
  });
});

describe.skipIf(consulAddress === undefined)("a Consul that goes away", () => {
  test("is answered for from memory, with since when, and followed again when it is back", {
    timeout: 60_000,
  }, async () => {
    const agent = await startConsul();
    const stop = new AbortController();
    try {
      const open = () => openRegistry(`consul://${agent.address}`, { now: Date.now, patience: 500 });
      const [registry, other] = [await open(), await open()];
      await push(other.store, versions[0]!);
      await push(other.store, versions[1]!);
      const followed = followRegistry(registry, stop.signal, { now: Date.now, pause: 100 });
      const seq = async () => (await followed.version({ subject: "acme/user", version: undefined })).seq;
      expect([await seq(), followed.following.answers]).toEqual([2, true]);
      await followed.symbol("acme.v1.User.age");

      agent.signal("SIGSTOP");
      const went = Date.now();
      await vi.waitFor(() => expect(followed.following.answers).toBe(false), { timeout: 10_000 });
      const { heard, failure } = followed.following;
      expect(heard).toBeLessThanOrEqual(went + 200);
      expect(failure).toMatchObject({ code: "store-unreachable" });
      const began = performance.now();
      expect([await seq(), (await followed.symbol("acme.v1.User.age")).seq]).toEqual([2, 2]);
      expect(performance.now() - began).toBeLessThan(100);
      await expect(followed.subject("acme/other")).rejects.toMatchObject({ code: "store-unreachable" });
      await sleep(300);
      expect(followed.following.heard).toBe(heard);

      agent.signal("SIGCONT");
      await vi.waitFor(() => expect(followed.following.answers).toBe(true), { timeout: 10_000 });
      await push(other.store, versions[2]!);
      await vi.waitFor(async () => expect(await seq()).toBe(3), { timeout: 10_000 });

      // What is outdated is given at once, too, where nothing better can be had.
      await push(other.store, versions[3]!);
      await sleep(500);
      agent.signal("SIGSTOP");
      await vi.waitFor(() => expect(followed.following.answers).toBe(false), { timeout: 10_000 });
      const again = performance.now();
      expect(await seq()).toBe(3);
      expect(performance.now() - again).toBeLessThan(100);
      agent.signal("SIGCONT");
      await vi.waitFor(async () => expect(await seq()).toBe(4), { timeout: 10_000 });
      stop.abort();
      await registry.store.close();
      await other.store.close();
    } finally {
      stop.abort();
      await agent.stop();
    }
  });
});

function follow(store: Store, signal: AbortSignal, more: Partial<FollowOptions> = {}): FollowedRegistry {
  return followRegistry({ store, cache: noCache }, signal, { now: Date.now, pause: 200, ...more });
}

/** Writes down what is read in lists; watching and asking after the one key that is watched are no lookups. */
function counting(store: Store, reads: string[]): Store {
  return Object.assign(Object.create(store) as Store, {
    listAll: (prefixes: readonly string[], freshness?: "stale" | "consistent") => {
      reads.push(prefixes.join(" "));
      return store.listAll(prefixes, freshness);
    },
    list: (prefix: string, freshness?: "stale" | "consistent") => {
      reads.push(prefix);
      return store.list(prefix, freshness);
    },
  });
}
