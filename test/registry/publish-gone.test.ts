import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Image, sliceFile } from "../../src/image/index.js";
import { noCache } from "../../src/registry/blob-cache.js";
import { loadGone } from "../../src/registry/gone.js";
import {
  checkRegistry,
  collect,
  deleteVersion,
  exportRegistry,
  findSubject,
  importRegistry,
  setPolicy,
} from "../../src/registry/index.js";
import type { Store } from "../../src/registry/store/index.js";
import { blobKey } from "../../src/registry/store/layout.js";
import { encoded } from "../schema/random-contract.js";
import { actor } from "./actor.js";
import { push } from "./contracts.js";
import { describeStores, openTestStore } from "./stores.js";

const names = Array.from({ length: 40_000 }, (_, number) => `Message${number}`);
const longName = "N".repeat(1_000_000);

function imageOf(messages: readonly string[]): Image {
  const messageType = ["Kept", ...messages].map((name) => ({ name }));
  return { files: [sliceFile(encoded({ name: "acme.proto", package: "acme.v1", messageType }))] };
}

describeStores("very many names that leave at once", ({ name: kind, fresh }) => {
  let store: Store;
  let folder: string;

  beforeEach(async () => {
    store = await openTestStore(fresh());
    folder = await mkdtemp(join(tmpdir(), "proto4-gone-"));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  const pushed = (messages: readonly string[], force?: string) =>
    push(store, { image: imageOf(messages), sources: new Map() }, { force });
  const registry = () => ({ store, cache: noCache });
  const policy = (categories: readonly string[]) => setPolicy(store, "acme/user", { categories }, actor());

  test.skipIf(kind === "lmdb")("are kept in a blob, which all care knows", { timeout: 120_000 }, async () => {
    await pushed(names);
    // Nobody minds, so no 40,000 findings are made.
    await policy(["WIRE"]);
    expect(await pushed([])).toMatchObject({ outcome: "published", version: { seq: 2, gone: [] } });
    const [, emptied] = (await findSubject(store, "acme/user")).versions;
    const gone = await loadGone(registry(), emptied!);
    const wanted = names.map((name) => `acme.v1.${name}`).sort();
    expect(gone.map(({ name }) => name).join()).toBe(wanted.join());

    // One of them that comes back is known for what it was.
    await policy([]);
    const back = await pushed([names[7]!]);
    expect(back.outcome).toBe("refused");
    expect(back.findings.map(({ rule }) => rule)).toContain("LIFECYCLE_TOMBSTONE");

    // Its files are given up, and what it had said of names stays.
    for (const hard of [false, true])
      await deleteVersion(
        registry(),
        { subject: "acme/user", seq: 2, hard, force: "a test", ...actor() },
        async () => [],
      );
    await collect(registry(), { delete: true, ...actor() });
    expect(await loadGone(registry(), emptied!)).toHaveLength(names.length);
    expect(await checkRegistry({ store })).toEqual([]);

    await exportRegistry(registry(), folder);
    const other = await openTestStore(fresh());
    await importRegistry({ store: other, cache: noCache }, folder, actor());
    const versionsOf = async (on: Store) => (await findSubject(on, "acme/user")).versions;
    expect(await versionsOf(other)).toEqual(await versionsOf(store));
    expect(await checkRegistry({ store: other })).toEqual([]);

    // What is lost is told, and brought back.
    for (const { key, index } of await other.list(blobKey(emptied!.goneIn!)))
      await other.transact([{ verb: "delete", key, index }]);
    expect(await checkRegistry({ store: other })).toMatchObject([
      { where: emptied!.goneIn, message: expect.stringContaining("needed by acme/user@2") },
    ]);
    await importRegistry({ store: other, cache: noCache }, folder, actor());
    expect(await checkRegistry({ store: other })).toEqual([]);
    await other.close();
  });

  test.skipIf(kind === "lmdb")(
    "which are forced past the gate, stand in the record as far as it holds them",
    async () => {
      await pushed(names.slice(0, 1_200));
      const outcome = await pushed([], "cleared out");
      if (outcome.outcome !== "published") throw new Error(outcome.outcome);
      const { forced } = outcome.version;
      expect(forced?.findings).toHaveLength(1_000);
      expect((forced?.findings.length ?? 0) + (forced?.more ?? 0)).toBe(
        new Set(outcome.findings.map(({ id }) => id)).size,
      );
      expect((await findSubject(store, "acme/user")).versions[1]!.forced).toEqual(forced);
    },
  );

  test("a name of a megabyte leaves as any other does", async () => {
    await pushed([longName]);
    expect(await pushed([], "too long")).toMatchObject({ outcome: "published", version: { seq: 2 } });
    const { versions } = await findSubject(store, "acme/user");
    expect(await loadGone(registry(), versions[1]!)).toEqual([
      { kind: "message", name: `acme.v1.${longName}` },
    ]);
  });
});
