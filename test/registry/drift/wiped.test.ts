import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import { canIRemove } from "../../../src/registry/drift/can-i-remove.js";
import { loadContracts } from "../../../src/registry/drift/contracts.js";
import { setEnvironment } from "../../../src/registry/drift/environment.js";
import { loadObserved } from "../../../src/registry/drift/observed.js";
import { join } from "../../../src/registry/join.js";
import type { Store } from "../../../src/registry/store/index.js";
import { fingerprint } from "../../../src/schema/index.js";
import { actor } from "../actor.js";
import { compile, push, userProto } from "../contracts.js";
import { openTestStore } from "../stores.js";

test("a window shorter than the time between two looks is no proof that a service would have been seen since a wipe", async () => {
  const address = `memory:${randomUUID()}`;
  let now = Date.parse("2027-01-01T10:00:00Z");
  const store = await openTestStore(address, () => now);
  const [small, large] = await Promise.all([
    compile(userProto("string name = 1")),
    compile(userProto("string name = 1", "string fax = 2")),
  ]);
  for (const each of [small, large]) await push(store, each);
  await setEnvironment(store, {
    environment: "test",
    window: "1m",
    complete: { reason: "all join" },
    ...actor(),
  });
  const run = (service: string, { image }: typeof small) => {
    const contract = { package: "acme.v1", fingerprint: fingerprint(image, "acme.v1") };
    return join({ store: address, environment: "test", service, contract }, { now: () => now });
  };
  const ask = async () => {
    const contracts = await loadContracts(
      { store, cache: noCache },
      { category: "WIRE", today: "2027-01-01" },
    );
    return (await canIRemove("acme.v1.User.fax", await loadObserved(store, "test"), contracts, now)).answer;
  };

  // It has just looked, so it looks again in some ten minutes.
  await run("api", large);
  await wipe(store);
  await run("web", small);
  now += 61_000;
  expect(await ask()).toBe("unknown");
  // By then it would have been seen.
  now += 20 * 60_000;
  expect(await ask()).toBe("yes");
});

async function wipe(store: Store): Promise<void> {
  for (const prefix of ["proto4/v1/live/", "proto4/v1/seen/"])
    for (const { key, index } of await store.list(prefix))
      await store.transact([{ verb: "delete", key, index }]);
}
