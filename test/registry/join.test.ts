import { beforeAll, expect, test } from "vitest";
import { join } from "../../src/registry/join.js";
import { fingerprint } from "../../src/schema/index.js";
import { type Compiled, compile, push, userProto } from "./contracts.js";
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
    expect(await join({ ...request, contract: contractOf(1) })).toEqual({
      versions: [2, 3],
      head: 3,
      current: true,
      message: "acme.v1 is that of acme/user@3, the last version",
    });
    expect(await join({ ...request, contract: contractOf(0) })).toMatchObject({
      versions: [1],
      head: 3,
      current: false,
      message: "acme.v1 is that of acme/user@1; the last version is 3",
    });
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
    expect(await join({ ...request, policy: "warn" })).toMatchObject({
      versions: [],
      head: 3,
      current: false,
    });
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
    expect(await join({ ...request, subject: "acme/other", policy: "warn" })).toMatchObject({
      head: undefined,
    });
    await expect(join({ ...request, subject: "../other" })).rejects.toMatchObject({
      code: "subject-invalid",
    });
  });
});

test("a registry that does not answer stops the service whatever the policy", async () => {
  const contract = { package: "acme.v1", fingerprint: "0" };
  const request = { store: "consul://127.0.0.1:1", subject: "acme/user", contract, policy: "warn" } as const;
  await expect(join(request)).rejects.toMatchObject({ code: "store-unreachable" });
  await expect(join({ ...request, store: "lmdb:/nowhere/at-all" })).rejects.toMatchObject({
    code: "store-unreachable",
  });
});
