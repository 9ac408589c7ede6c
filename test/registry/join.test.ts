import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { loadContracts } from "../../src/registry/drift/contracts.js";
import { deleteVersion } from "../../src/registry/index.js";
import { type JoinRequest, join } from "../../src/registry/join.js";
import { fingerprint } from "../../src/schema/index.js";
import { actor } from "./actor.js";
import { type Compiled, compile, push, userProto } from "./contracts.js";
import { withoutCache } from "./lookup/registries.js";
import { describeStores, openTestStore } from "./stores.js";

let contracts: readonly Compiled[];
const contractOf = (index: number) => ({
  package: "acme.v1",
  fingerprint: fingerprint(contracts[index]!.image, "acme.v1"),
});

beforeAll(async () => {
  contracts = await Promise.all([
    compile(userProto("string name = 1")),
    compile(userProto("string name = 1", "int32 age = 2")),
    compile(userProto("string name = 1", "int32 age = 2", "bool vip = 3")),
  ]);
});

describeStores("joining", ({ fresh }) => {
  let address = "";

  beforeAll(async () => {
    address = fresh();
    const store = await openTestStore(address);
    await push(store, contracts[0]!);
    await push(store, contracts[1]!);
    // The same contract under other words: a version of its own with the same fingerprint.
    const commented = userProto("string name = 1 /* of birth */", "int32 age = 2");
    await push(store, await compile(commented));
    await store.close();
  });

  test("a service learns which versions it runs, and whether that is the last", async () => {
    const request = { store: address, subject: "acme/user" };
    const joined = await join({ ...request, contract: contractOf(1) });
    expect(joined.contracts).toMatchObject([
      { ...contractOf(1), subject: "acme/user", versions: [2, 3], head: 3, current: true },
    ]);
    expect(joined).toMatchObject({
      current: true,
      instance: undefined,
      message: "acme.v1 is that of acme/user@3, the last version",
    });
    const elder = await join({ ...request, contract: contractOf(0) });
    expect(elder.contracts).toMatchObject([{ versions: [1], head: 3, current: false }]);
    expect(elder).toMatchObject({
      current: false,
      message: "acme.v1 is that of acme/user@1; the last version is 3",
    });
  });

  test("a deleted version is not the last one, and what only it has is told so", async () => {
    const url = fresh();
    const store = await openTestStore(url);
    await push(store, contracts[0]!);
    await push(store, contracts[1]!);
    const gone = { subject: "acme/user", hard: false, force: "a mistake" };
    const request = { store: url, subject: "acme/user", policy: "warn" } as const;
    await deleteVersion(withoutCache(store), { ...gone, seq: 2, ...actor() }, async () => []);
    const elder = await join({ ...request, contract: contractOf(0) });
    expect(elder.contracts).toMatchObject([{ versions: [1], head: 1, current: true }]);
    expect(elder.message).toBe("acme.v1 is that of acme/user@1, the last version");
    const newer = await join({ ...request, contract: contractOf(1) });
    expect(newer.contracts).toMatchObject([{ versions: [2], head: 1, current: false }]);
    expect(newer.message).toBe("acme.v1 is that of acme/user@2, which is deleted; the last version is 1");
    expect(
      (await loadContracts(withoutCache(store), { category: "WIRE", today: "2026-11-23" })).find(
        contractOf(0),
      ),
    ).toMatchObject({ subject: "acme/user", seq: 1, current: true });
    await deleteVersion(withoutCache(store), { ...gone, seq: 1, ...actor() }, async () => []);
    const none = await join({ ...request, contract: contractOf(0) });
    expect(none.contracts).toMatchObject([{ versions: [1], head: undefined, current: false }]);
    expect(none.message).toContain("all versions of acme/user are deleted");
    await store.close();
  });

  test("a contract that the registry does not hold stops the service, with what it holds and what to do", async () => {
    const request = { store: address, subject: "acme/user", contract: contractOf(2) };
    await expect(join(request)).rejects.toMatchObject({
      code: "contract-unknown",
      message: expect.stringMatching(
        new RegExp(
          `^no version of acme/user has acme\\.v1 with fingerprint ${contractOf(2).fingerprint}; version 3, the last, has ${contractOf(1).fingerprint}: push .* pull acme/user`,
        ),
      ),
    });
    const warned = await join({ ...request, policy: "warn" });
    expect(warned.contracts).toMatchObject([{ versions: [], head: 3, current: false }]);
    expect(warned.current).toBe(false);
  });

  test("another package or subject is told apart from another fingerprint", async () => {
    const { fingerprint } = contractOf(1);
    const request = { store: address, subject: "acme/user", contract: { package: "acme.v2", fingerprint } };
    await expect(join(request)).rejects.toMatchObject({
      code: "contract-unknown",
      message: expect.stringContaining("has no package acme.v2, but acme.v1"),
    });
    await expect(join({ ...request, subject: "acme/other" })).rejects.toMatchObject({
      code: "contract-unknown",
    });
    const warned = await join({ ...request, subject: "acme/other", policy: "warn" });
    expect(warned.contracts).toMatchObject([{ head: undefined }]);
    await expect(join({ ...request, subject: "../other" })).rejects.toMatchObject({
      code: "subject-invalid",
    });
  });

  test("an instance stands among the live ones while it runs, and in what was seen for good", async () => {
    const store = await openTestStore(address, Date.now);
    const contract = { ...contractOf(1), role: "serves" } as const;
    const request = { store: address, subject: "acme/user", service: "users", environment: "test" };
    const joined = await join({ ...request, contract, instance: "users-0", counts: ["acme.v1"] });
    joined.used("acme.v1.User.name");
    const [live, since] = [
      await read(store, "live/test/users/users-0"),
      await read(store, "live/test/@since"),
    ];
    expect(live).toMatchObject({ contracts: [{ ...contractOf(1), roles: ["serves"] }] });
    expect(live.proto4).toMatch(/^\d+\.\d+\.\d+/);
    expect(live.started <= since.since).toBe(true);
    const seenKey = `seen/test/users/${contract.fingerprint.slice(0, 16)}`;
    const first = await read(store, seenKey);
    expect(first).toMatchObject({
      first: first.last,
      roles: ["serves"],
      used: {},
      counted: { "acme.v1": first.first },
    });
    expect(Date.parse(first.due) - Date.parse(first.last)).toBe(2 * 600_000);
    expect(await read(store, "seen/test/@since")).toMatchObject({ since: expect.any(String) });

    await joined.leave();
    await joined.leave();
    expect(await store.get("proto4/v1/live/test/users/users-0")).toBeUndefined();
    const last = await read(store, seenKey);
    expect(last).toMatchObject({
      used: { "acme.v1.User.name": last.last },
      first: first.first,
      due: first.due,
    });
    expect(last.last > first.last).toBe(true);
    await store.close();
  });

  test("two instances under one id are told, and the second one's contract is seen nevertheless", async () => {
    const store = await openTestStore(address, Date.now);
    const request = {
      store: address,
      subject: "acme/user",
      service: "twins",
      environment: "test",
      instance: "a",
    };
    await using first = await join({ ...request, contract: contractOf(1) });
    expect(first.message).not.toContain("another instance");
    const second = await join({ ...request, contract: contractOf(0) });
    expect(second.message).toMatch(
      /another instance reports as test\/twins\/a, started 20.*: give each its own id/,
    );
    expect((await read(store, "live/test/twins/a")).contracts).toMatchObject([contractOf(1)]);
    expect(await read(store, `seen/test/twins/${contractOf(0).fingerprint.slice(0, 16)}`)).toMatchObject(
      contractOf(0),
    );
    await second.leave();
    expect(await store.get("proto4/v1/live/test/twins/a")).toBeDefined();
    await store.close();
  });

  test("many instances that start at once share one record", async () => {
    const store = await openTestStore(address, Date.now);
    const request = { store: address, subject: "acme/user", service: "many", environment: "test" };
    const all = await Promise.all(
      Array.from({ length: 20 }, () => join({ ...request, contract: contractOf(1) })),
    );
    expect(all.map(({ message }) => message)).toEqual(
      all.map(() => "acme.v1 is that of acme/user@3, the last version"),
    );
    expect(await store.list("proto4/v1/live/test/many/")).toHaveLength(20);
    expect(await store.list("proto4/v1/seen/test/many/")).toHaveLength(1);
    await Promise.all(all.map((each) => each.leave()));
    expect(await store.list("proto4/v1/live/test/many/")).toEqual([]);
    await store.close();
  });

  test.each<[Partial<JoinRequest>, RegExp]>([
    [{ service: "a b", environment: "test" }, /^"a b" cannot name a service: 1 to 64 of/],
    [{ service: "@since", environment: "test" }, /cannot name a service/],
    [{ service: "a", environment: "../live" }, /cannot name an environment/],
    [{ service: "a", environment: "test", instance: "x/y" }, /cannot name an instance/],
    [{ service: "a" }, /needs service and environment, not service alone/],
    [{ environment: "a" }, /not environment alone/],
    [{ counts: ["acme.v1"] }, /^counts needs a service/],
    [{ service: "a", environment: "test", lease: 5 }, /^a lease lasts 10/],
    [{ service: "a", environment: "test", counts: ["acme v1"] }, /no full name/],
    [{ contract: { package: "acme.v1", fingerprint: "0" } }, /no fingerprint of acme\.v1/],
    [{ contracts: [] }, /either contract or contracts/],
    [{ policy: "warm" as "warn" }, /"fail" or "warn"/],
    [{ patience: 0 }, /0.1 to 60 seconds/],
  ])("%j is refused", async (more, message) => {
    const request = { store: address, subject: "acme/user", contract: contractOf(1), ...more };
    await expect(join(request)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(message),
    });
  });

  async function read(store: Awaited<ReturnType<typeof openTestStore>>, key: string) {
    const entry = await store.get(`proto4/v1/${key}`);
    if (entry === undefined) throw new Error(`there is no ${key}`);
    return JSON.parse(new TextDecoder().decode(entry.value));
  }
});

test("a registry that does not answer stops the service, or with a warning does not", async () => {
  const contract = { package: "acme.v1", fingerprint: "0".repeat(64) };
  const request = { store: "consul://127.0.0.1:1", subject: "acme/user", contract, patience: 0.5 } as const;
  await expect(join(request)).rejects.toMatchObject({ code: "store-unreachable" });
  const lmdb = "lmdb:/nowhere/at-all";
  await expect(join({ ...request, store: lmdb })).rejects.toMatchObject({ code: "store-unreachable" });
  const warned = await join({ ...request, policy: "warn" });
  expect(warned.contracts).toEqual([]);
  expect(warned.message).toMatch(/^nothing is verified; Consul at 127\.0\.0\.1:1 does not answer/);
});

test("what is no address of a store stops the service under either policy", async () => {
  const contract = { package: "acme.v1", fingerprint: "0".repeat(64) };
  const request = { store: "redis://x", contract, policy: "warn" } as const;
  await expect(join(request)).rejects.toMatchObject({ code: "usage" });
});

test("a log that throws harms nobody", async () => {
  const contract = { package: "acme.v1", fingerprint: "0".repeat(64) };
  const onChange = vi.fn(() => {
    throw new Error("the log is full");
  });
  const place = { service: "a", environment: "test", policy: "warn", lease: 10, patience: 0.5 } as const;
  const joined = await join(
    { store: "consul://127.0.0.1:1", contract, ...place, onChange },
    { random: () => 0 },
  );
  await vi.waitFor(() => expect(onChange).toHaveBeenCalled(), 15_000);
  expect(onChange.mock.calls[0]).toEqual([expect.stringContaining("what runs is not reported")]);
  await joined.leave();
});

test("the last answer lets a service start while the registry is away, unless somebody has changed it", async () => {
  const folder = await mkdtemp(joinPath(tmpdir(), "proto4-kept-"));
  afterAll(() => rm(folder, { recursive: true }));
  const address = `lmdb:${joinPath(folder, "registry")}`;
  const store = await openTestStore(address);
  await push(store, contracts[0]!);
  await store.close();
  const kept = joinPath(folder, "kept");
  const request = { store: address, subject: "acme/user", contract: contractOf(0), folder: kept };
  await join(request, { now: () => Date.parse("2026-11-22T10:00:00Z") });
  await rm(joinPath(folder, "registry"));

  const joined = await join(request);
  expect(joined.contracts).toMatchObject([{ versions: [1], current: true }]);
  expect(joined.message).toMatch(
    /^acme\.v1 is that of acme\/user@1, the last version; so the registry said at 2026-11-22T10:00:00\.000Z; .*no store here/,
  );
  await expect(join({ ...request, contract: contractOf(1) })).rejects.toMatchObject({
    code: "store-unreachable",
  });

  const [file, ...more] = await readdir(kept);
  expect(more).toEqual([]);
  const text = await readFile(joinPath(kept, file!), "utf8");
  for (const damaged of [text.replace("acme/user@1", "acme/user@9"), text.slice(0, -9), "", "null", "{}"]) {
    await writeFile(joinPath(kept, file!), damaged);
    await expect(join(request)).rejects.toMatchObject({ code: "store-unreachable" });
  }
  await writeFile(joinPath(kept, file!), text);
  expect((await join(request)).current).toBe(true);
});
