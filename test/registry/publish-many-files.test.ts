import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findVersion, openRegistry, type PublishRequest, publish } from "../../src/registry/index.js";
import { loadImage } from "../../src/registry/lookup/load-images.js";
import { consulAddress } from "../setup/peers.js";
import { actor } from "./actor.js";
import { type Compiled, compile, push } from "./contracts.js";
import { startCountingProxy } from "./counting-proxy.js";
import { withoutCache } from "./lookup/registries.js";
import { describeStores, openTestStore } from "./stores.js";

const count = 1_000;
let before: Compiled;
let after: Compiled;
let folder: string;

beforeAll(async () => {
  const files = Array.from({ length: count }, (_, number): [string, string] => [
    `acme/v1/m${number}.proto`,
    `syntax = "proto3"; package acme.v1; message M${number} { string name = 1; }`,
  ]);
  const changed = new Map(files);
  changed.set("acme/v1/m500.proto", `${files[500]![1].slice(0, -1)} int32 age = 2; }`);
  before = await compile(Object.fromEntries(files));
  after = await compile(Object.fromEntries(changed));
  folder = await mkdtemp(join(tmpdir(), "proto4-many-"));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describeStores(`a change of one file of ${count}`, ({ fresh }) => {
  test("writes one blob", async () => {
    const store = await openTestStore(fresh());
    const blobs = () => store.keys("proto4/v1/blob/");
    await push(store, before);
    const there = await blobs();
    expect(await push(store, after)).toMatchObject({
      outcome: "published",
      version: { seq: 2, files: count, changedFiles: 1 },
    });
    const added = (await blobs()).filter((key) => !there.includes(key));
    expect(added).toHaveLength(1);
    const version = await findVersion(store, { subject: "acme/user", version: 2 });
    expect(version.packs).toHaveLength(2);
    expect(added[0]).toContain(version.packs[1]);
    expect((await store.get(added[0]!))!.value.length).toBeLessThan(5_000);
    expect(await loadImage(withoutCache(store), version)).toEqual(after.image);
    await store.close();
  });
});

describe.skipIf(consulAddress === undefined)("requests of a publish to a Consul", () => {
  test(`of one file of ${count} are at most 8, opening included, where the cache has what is there`, async () => {
    const proxy = await startCountingProxy(consulAddress!);
    const address = `consul://${proxy.address}/publish-${Date.now()}`;
    const publishOnce = async ({ image, sources }: Compiled) => {
      const registry = await openRegistry(address, { now: Date.now, cacheFolder: folder });
      const request: PublishRequest = { subject: "acme/user", image, sources, ...actor() };
      const outcome = await publish(registry, request);
      await registry.store.close();
      return { outcome, asked: proxy.take() };
    };
    await publishOnce(before);
    const { outcome, asked } = await publishOnce(after);
    await proxy.close();
    expect(outcome).toMatchObject({ outcome: "published", version: { seq: 2 } });
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.length).toBeLessThanOrEqual(8);
    expect(asked.filter((each) => each.startsWith("PUT /v1/kv/"))).toHaveLength(1);
  });
});
