import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeEach, expect, test } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import {
  checkRegistry,
  findSubject,
  loadAudit,
  loadImages,
  migrate,
  openRegistry,
  surveyElder,
} from "../../../src/registry/index.js";
import { loadChain } from "../../../src/registry/lookup/load-chain.js";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import type { Store } from "../../../src/registry/store/index.js";
import { root } from "../../setup/source-files.js";
import { allSubjects, describeStores, openTestStore } from "../stores.js";

const elder: Readonly<Record<string, string>> = JSON.parse(
  await readFile(join(root, "fixtures/registry/layout-v0/store.json"), "utf8"),
);
const names = ["acme/user@1", "acme/user@2", "acme/user@3", "shop/order@1"];
const actor = { by: "jo", at: "2026-11-26T10:00:00.000Z", id: "migration" };

describeStores("migrating from layout 0", ({ fresh }) => {
  let url = "";
  let store: Store;
  beforeEach(async () => {
    url = fresh();
    store = await openTestStore(url);
    for (const [key, value] of Object.entries(elder))
      await store.transact([{ verb: "set", key, value: Buffer.from(value, "base64") }]);
  });

  test("a registry is not opened before, and is whole afterwards", async () => {
    await expect(openRegistry(url, { now: () => 0 })).rejects.toMatchObject({
      code: "store-invalid",
      message: expect.stringContaining("proto4 registry migrate"),
    });
    expect(await surveyElder(store)).toEqual({ versions: names });
    expect(await migrate(store, actor)).toEqual({ versions: names });
    await expectWhole();
  });

  test("what is interrupted after any step is done to its end by doing it again", async () => {
    for (let steps = 0; ; steps++) {
      const dying = dyingAfter(store, steps);
      const done = await migrate(dying, actor).then(
        () => true,
        (error) => {
          expect(error.message).toBe("killed");
          return false;
        },
      );
      if (done) break;
    }
    await expectWhole();
  });

  test("an elder proto4 that publishes meanwhile is noticed", async () => {
    const disturbed: Store = new Proxy(store, {
      get(target, name: keyof Store) {
        if (name !== "transact") return target[name].bind(target);
        return async (operations: Parameters<Store["transact"]>[0]) => {
          if (operations.some(({ key }) => key === "proto4/v1/layout"))
            await target.transact([{ verb: "set", key: "proto4/v1/rev", value: Buffer.from("{}") }]);
          return target.transact(operations);
        };
      },
    });
    await expect(migrate(disturbed, actor)).rejects.toMatchObject({ code: "publish-conflict" });
    expect(await store.get("proto4/v1/layout")).toBeUndefined();
  });

  async function expectWhole(): Promise<void> {
    const registry = { store, cache: noCache };
    expect(await checkRegistry(registry)).toEqual([]);
    const subjects = await allSubjects(store);
    const found = subjects.flatMap(({ name, versions }) => versions.map(({ seq }) => `${name}@${seq}`));
    expect(found).toEqual(names);
    for (const { name, versions } of subjects)
      for (const version of versions) {
        const before = elderRecord(name, version.seq);
        const [image] = await loadImages(registry, [version]);
        expect(sha256(serializeImage(image!))).toBe(before.snapshot);
        expect(version).toMatchObject({ by: before.by, at: before.at, publish: before.publish });
        expect(version.contracts).toEqual(before.contracts);
        const { open } = await loadChain(registry, version);
        for (const { path, source } of elderFiles(before.manifest))
          expect((await open.source(path)) && sha256((await open.source(path))!)).toBe(source);
      }
    expect((await findSubject(store, "acme/user")).labels).toEqual(
      new Map([
        ["main", 2],
        ["release-1", 3],
      ]),
    );
    const actions = (await loadAudit(store)).map(({ action }) => action);
    expect(actions.filter((action) => action === "publish")).toHaveLength(4);
    expect(actions[0]).toBe("migrate");
  }
});

/** The store of somebody who dies after so many transactions. */
function dyingAfter(store: Store, steps: number): Store {
  let left = steps;
  return new Proxy(store, {
    get(target, name: keyof Store) {
      if (name !== "transact") return target[name].bind(target);
      return async (operations: Parameters<Store["transact"]>[0]) => {
        if (left-- === 0) throw new Error("killed");
        return target.transact(operations);
      };
    },
  });
}

function elderRecord(subject: string, seq: number) {
  const value = elder[`proto4/v1/subject/${subject}/version/${seq}`]!;
  return JSON.parse(Buffer.from(value, "base64").toString());
}

function elderFiles(digest: string): readonly { readonly path: string; readonly source?: string }[] {
  const blob = elder[`proto4/v1/blob/${digest.slice(0, 2)}/${digest}`]!;
  return JSON.parse(gunzipSync(Buffer.from(blob, "base64")).toString()).files;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
