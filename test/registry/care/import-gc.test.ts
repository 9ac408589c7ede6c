import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type Image, sliceFile } from "../../../src/image/index.js";
import { noCache } from "../../../src/registry/blob-cache.js";
import {
  checkRegistry,
  collect,
  exportRegistry,
  findSubject,
  importRegistry,
  type Store,
} from "../../../src/registry/index.js";
import { loadImage } from "../../../src/registry/lookup/load-images.js";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import { encoded } from "../../schema/random-contract.js";
import { actor } from "../actor.js";
import { push } from "../contracts.js";
import { describeStores, openTestStore } from "../stores.js";

const subject = "acme/many";
const many = Array.from({ length: 2_500 }, (_, number) => `MessageThatLeaves${number}`);
// With the third one very many names leave, which are in a blob of their own.
const images = [["One"], ["One", ...many], ["One"], ["One", "Two"]].map(imageOf);

function imageOf(names: readonly string[]): Image {
  const messageType = names.map((name) => ({ name }));
  return { files: [sliceFile(encoded({ name: "many.proto", package: "many.v1", messageType }))] };
}

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "proto4-import-gc-"));
  const store = await openTestStore(`memory:${folder}`);
  for (const image of images) await push(store, { image, sources: new Map() }, { subject, force: "a test" });
  await exportRegistry({ store, cache: noCache }, folder);
  await store.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describeStores("an import while blobs are collected", ({ fresh }) => {
  let store: Store;
  let other: Store;

  beforeEach(async () => {
    const address = fresh();
    store = await openTestStore(address, Date.now);
    other = await openTestStore(address, Date.now);
  });
  afterEach(async () => {
    await store.close();
    await other.close();
  });

  const importInto = (on: Store) => importRegistry({ store: on, cache: noCache }, folder, actor());
  const collectIn = (on: Store) =>
    collect({ store: on, cache: noCache }, { delete: true, force: "a test", ...actor() });
  const expectWhole = async () => {
    expect(await checkRegistry({ store })).toEqual([]);
    const { versions } = await findSubject(store, subject);
    expect(versions.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    for (const [place, version] of versions.entries())
      expect(bytesOf(await loadImage({ store, cache: noCache }, version))).toBe(bytesOf(images[place]!));
  };

  test("writes again what was taken before its commits", async () => {
    const taken: number[] = [];
    const importing = before(store, "/head", async () => {
      taken.push((await collectIn(other)).blobs);
    });
    await importInto(importing);
    // Of each what stands nowhere yet: packs, and of the third one, whose pack is that of the first, the names that left.
    expect(taken).toEqual([1, 1, 1, 1]);
    await expectWhole();
  });

  test("waits for a collection that has begun", async () => {
    await other.transact([{ verb: "set", key: strayKey, value: new Uint8Array([1]) }]);
    let importing: Promise<unknown> = Promise.resolve();
    const collecting = before(store, strayKey, async () => {
      importing = importInto(other);
      await sleep(300);
      expect(await store.list("proto4/v1/subject/")).toEqual([]);
    });
    expect((await collectIn(collecting)).blobs).toBe(1);
    await importing;
    await expectWhole();
  });

  test("comes to its end whatever comes first", async () => {
    const collecting = async () => {
      for (let round = 0; round < 5; round++) await collectIn(other);
    };
    await Promise.all([importInto(store), collecting()]);
    await collectIn(other);
    await expectWhole();
  });
});

function bytesOf(image: Image): string {
  return Buffer.from(serializeImage(image)).toString("hex");
}

const strayKey = `proto4/v1/blob/00/${"0".repeat(64)}`;

/** Does something when a transaction with such a key is about to be sent, once for each value of the key. */
function before(store: Store, key: string, act: () => Promise<unknown>): Store {
  const done = new Set<string>();
  return new Proxy(store, {
    get: (target, name) => {
      const value = Reflect.get(target, name);
      if (name !== "transact") return typeof value === "function" ? value.bind(target) : value;
      return async (...args: Parameters<Store["transact"]>) => {
        const step = args[0].find((each) => each.key.endsWith(key));
        const what = step && `${step.key} ${"value" in step ? Buffer.from(step.value) : ""}`;
        if (what !== undefined && !done.has(what)) {
          done.add(what);
          await act();
        }
        return target.transact(...args);
      };
    },
  });
}
