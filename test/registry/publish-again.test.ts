import { beforeAll, expect, test } from "vitest";
import { findSubject, publish, type Registry } from "../../src/registry/index.js";
import { loadImage } from "../../src/registry/lookup/load-images.js";
import { actor } from "./actor.js";
import { type Compiled, compile, userProto } from "./contracts.js";
import { withoutCache } from "./lookup/registries.js";
import { describeStores, openTestStore } from "./stores.js";

const rounds = 20; // beyond the 16 packs after which a chain begins anew
let contracts: readonly Compiled[];

beforeAll(async () => {
  contracts = await Promise.all(
    Array.from({ length: rounds }, (_, round) => compile({ ...userWith(round), ...other(round) })),
  );
}, 120_000);

describeStores("a registry that stays open", ({ fresh }) => {
  test("publishes version after version as one that is opened for each", async () => {
    const stores = [await openTestStore(fresh()), await openTestStore(fresh())] as const;
    const staying = withoutCache(stores[0]);
    for (const contract of contracts) {
      await publishTo(staying, contract);
      await publishTo(withoutCache(stores[1]), contract);
    }
    const [often, once] = [await recordsOf(staying), await recordsOf(withoutCache(stores[1]))];
    expect(often).toHaveLength(rounds);
    expect(often.some(({ packs }, place) => place > 0 && packs.length === 1)).toBe(true);
    expect(often).toEqual(once);
    await Promise.all(stores.map((store) => store.close()));
  });

  test("builds on what another one published meanwhile", async () => {
    const store = await openTestStore(fresh());
    const registries = [withoutCache(store), withoutCache(store)];
    for (const [round, contract] of contracts.entries()) {
      await publishTo(registries[round % 2]!, contract);
      const { versions } = await findSubject(store, "acme/user");
      expect(versions).toHaveLength(round + 1);
      expect(await loadImage(withoutCache(store), versions.at(-1)!)).toEqual(contract.image);
    }
    await store.close();
  });

  test("still refuses what breaks the version that it published itself", async () => {
    const store = await openTestStore(fresh());
    const registry = withoutCache(store);
    for (const contract of contracts.slice(0, 3)) await publishTo(registry, contract);
    const refused = await publish(registry, { subject: "acme/user", ...contracts[1]!, ...actor() });
    expect(refused).toMatchObject({ outcome: "refused", against: 3 });
    const { outcome } = await publish(registry, { subject: "acme/user", ...contracts[2]!, ...actor() });
    expect(outcome).toBe("unchanged");
    await store.close();
  });
});

async function publishTo(registry: Registry, contract: Compiled): Promise<void> {
  const { outcome } = await publish(registry, { subject: "acme/user", ...contract, ...actor() });
  expect(outcome).toBe("published");
}

/** All but what tells one publish from another. */
async function recordsOf({ store }: Registry) {
  const { versions } = await findSubject(store, "acme/user");
  return versions.map(({ publish: _, at: __, ...version }) => version);
}

function userWith(round: number) {
  return userProto(
    ...Array.from({ length: round + 1 }, (_, field) => `string field_${field} = ${field + 1}`),
  );
}

/** A second file, of a package that uses the first one's; it comes later, and changes. */
function other(round: number): Readonly<Record<string, string>> {
  const head = 'syntax = "proto3";\npackage acme.other.v1;\nimport "acme/v1/user.proto";\n';
  const fields = "  acme.v1.User user = 1;\n".concat(round > 7 ? "  string note = 2;\n" : "");
  return round < 4 ? {} : { "acme/other/v1/other.proto": `${head}message Other {\n${fields}}\n` };
}
