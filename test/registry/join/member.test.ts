import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { Member } from "../../../src/registry/join/member.js";
import { checkRequest, type JoinRequest } from "../../../src/registry/join/request.js";
import type { Standing } from "../../../src/registry/join/standing.js";
import type { Store } from "../../../src/registry/store/index.js";
import { openTestStore } from "../stores.js";

const folder = mkdtempSync(join(tmpdir(), "proto4-member-"));
afterAll(() => rmSync(folder, { recursive: true }));

let now = Date.parse("2026-11-22T10:00:00Z");
let address = "";
let store: Store;
let count = 0;
beforeEach(async () => {
  address = `lmdb:${join(folder, String(count++))}`;
  store = await openTestStore(address, () => now);
  // An embedded store is there once something has been written.
  await store.transact([{ verb: "set", key: "proto4/v1/rev", value: new Uint8Array() }]);
});
afterEach(() => store.close());

test("heartbeats come after two thirds to five sixths of the lease, each time another part of it", async () => {
  const { member } = make({});
  await member.beat();
  const waits = Array.from({ length: 50 }, () => member.wait() / 1000);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(20);
  expect(Math.max(...waits)).toBeLessThanOrEqual(25);
  expect(new Set(waits).size).toBeGreaterThan(40);
  await member.leave();
});

test("what fails is tried again sooner, then later and later, up to half the lease", async () => {
  const { member, told } = make({ store: `lmdb:${folder}/nowhere/at-all` });
  const most: number[] = [];
  for (let failures = 1; failures < 9; failures++) {
    await member.beat();
    most.push(Math.max(...Array.from({ length: 50 }, () => member.wait())));
  }
  [1, 2, 4, 8, 15, 15, 15, 15].forEach((seconds, i) => {
    expect(most[i]).toBeGreaterThan(seconds * 900);
    expect(most[i]).toBeLessThanOrEqual(seconds * 1000);
  });
  expect(told.at(-1)).toMatch(/^what runs is not reported: .*no store here.*; it is tried again$/);
  await member.leave();
});

test("an instance whose lease has ended, as after a long sleep, is there again with the next beat", async () => {
  const { member } = make({});
  await member.beat();
  now += 3_600_000;
  expect(await live()).toEqual([]);
  await member.beat();
  expect(await live()).toEqual(["one"]);
  await member.leave();
  expect(await live()).toEqual([]);
});

test("what was known is looked up again when the lease is gone, since all else may be gone as well", async () => {
  const { member, standings } = make({});
  member.adopt(await openTestStore(address, () => now), true);
  await member.beat();
  now += 1000;
  await member.beat();
  expect(standings).toEqual([]);
  now += 3_600_000;
  await member.beat();
  expect(standings).toEqual(["the registry has no subject acme/user: push it first, or correct the name"]);
  await member.leave();
});

test("an instance that takes the id of one that died follows when that one's lease has ended", async () => {
  const elder = make({});
  await elder.member.beat();
  now += 1000;
  const { member, told } = make({});
  await member.beat();
  expect(told.at(-1)).toMatch(
    /another instance reports as test\/api\/one, started 20\S+: give each its own id/,
  );
  now += 20_000;
  await member.beat();
  expect(told.at(-1)).toMatch(/another instance/);
  now += 20_000;
  await member.beat();
  expect(told.at(-1)).toBe("");
  expect(await live()).toEqual(["one"]);
  await member.leave();
});

test("a use that is news goes out with the next beat, one that is known does not", async () => {
  const { member } = make({ counts: ["acme.v1"] });
  await member.beat();
  member.used("acme.v1.User.fax");
  now += 20_000;
  await member.beat();
  const first = await used();
  expect(first).toEqual({ "acme.v1.User.fax": new Date(now).toISOString() });
  member.used("acme.v1.User.fax");
  now += 20_000;
  await member.beat();
  expect(await used()).toEqual(first);
  await member.leave();
});

test("what was used while the store was away is not forgotten", async () => {
  const { member } = make({ counts: ["acme.v1"] });
  await member.beat();
  member.used("acme.v1.User.fax");
  now += 60_000;
  // Somebody else has written what cannot be read.
  const [entry] = await store.list("proto4/v1/seen/test/api/");
  await store.transact([{ verb: "set", key: entry!.key, value: new Uint8Array([1]) }]);
  await member.beat();
  const [broken] = await store.list("proto4/v1/seen/test/api/");
  await store.transact([{ verb: "delete", key: broken!.key, index: broken!.index }]);
  await member.beat();
  expect(await used()).toHaveProperty(["acme.v1.User.fax"]);
  await member.leave();
});

function make(more: Partial<JoinRequest>) {
  const contract = { package: "acme.v1", fingerprint: "a".repeat(64) };
  const place = { environment: "test", service: "api", instance: "one" };
  const plan = checkRequest(
    { store: address, subject: "acme/user", contract, ...place, ...more },
    Math.random,
  );
  const told: string[] = [];
  const standings: string[] = [];
  const listener = {
    standings: async (all: readonly Standing[]) => void standings.push(...all.map(({ message }) => message)),
    trouble: (message: string) => void told.push(message),
  };
  const door = { now: () => now, random: Math.random };
  return { member: new Member(plan, plan.reporting!, door, listener), told, standings };
}

async function live(): Promise<readonly string[]> {
  const entries = await store.list("proto4/v1/live/test/api/");
  return entries.map(({ key }) => key.split("/").at(-1)!);
}

async function used(): Promise<unknown> {
  const [entry] = await store.list("proto4/v1/seen/test/api/");
  return JSON.parse(new TextDecoder().decode(entry!.value)).used;
}
