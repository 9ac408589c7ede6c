import { create, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { beforeEach, expect, test } from "vitest";
import { makeCommand } from "../../../src/cli/registry.js";
import { sliceFile } from "../../../src/image/index.js";
import { noCache } from "../../../src/registry/blob-cache.js";
import { makeBlob, writeBlob } from "../../../src/registry/blobs.js";
import { type CollectRequest, collect, deleteVersion, loadAudit } from "../../../src/registry/index.js";
import type { Store } from "../../../src/registry/store/index.js";
import { loadSubject } from "../../../src/registry/store/read-subject.js";
import { actor } from "../actor.js";
import { push } from "../contracts.js";
import { grownImage } from "../histories/grown.js";
import { runCommand } from "../run-command.js";
import { describeStores, dump, openTestStore } from "../stores.js";

const blobs = "proto4/v1/blob/";
const garbage = makeBlob(new Uint8Array(1_200_000).fill(7));
const version = (...numbers: readonly number[]) => ({ image: grownImage(numbers), sources: new Map() });

describeStores("a collection", ({ fresh }) => {
  let address: string;
  let store: Store;
  let now: number;
  beforeEach(async () => {
    address = fresh();
    now = Date.now();
    store = await openTestStore(address, () => now);
  });

  const gc = (on: Store, more: Partial<CollectRequest> = {}) =>
    collect({ store: on, cache: noCache }, { delete: true, ...actor(), ...more });
  const litter = (on = store) => writeBlob({ store: on, cache: noCache }, garbage);
  const epoch = async () => JSON.parse(new TextDecoder().decode((await store.get("proto4/v1/gc"))!.value));
  /** The same store, where `transact` is overtaken by `meanwhile` before the first transaction that deletes. */
  const overtaken = (meanwhile: () => Promise<void>): Store => {
    let done = false;
    return Object.assign(Object.create(store) as Store, {
      transact: async (operations: Parameters<Store["transact"]>[0]) => {
        if (!done && operations.some(({ verb }) => verb === "delete")) {
          done = true;
          await meanwhile();
        }
        return store.transact(operations);
      },
    });
  };

  test("counts what would go, and changes nothing, unless it is to delete", async () => {
    await push(store, version(1));
    await litter();
    const before = await dump(store);
    expect(await gc(store, { delete: false })).toEqual({ blobs: 1, bytes: 1_200_000, kept: 1 });
    expect(await dump(store)).toEqual(before);
  });

  test("deletes what no version needs, all parts of it, and writes that down", async () => {
    await push(store, version(1));
    const needed = await store.keys(blobs);
    await litter();
    expect(await store.keys(blobs)).toHaveLength(4);
    expect(await gc(store)).toEqual({ blobs: 1, bytes: 1_200_000, kept: 1 });
    expect(await store.keys(blobs)).toEqual(needed);
    expect(await epoch()).toEqual({ epoch: 1, collecting: false });
    expect(await store.get("proto4/v1/gc-lock")).toBeUndefined();
    const [last] = await loadAudit(store);
    expect(last).toMatchObject({ action: "gc", by: "jo", epoch: 0, blobs: 1, bytes: 1_200_000, kept: 1 });
    expect(await push(store, version(1, 2))).toMatchObject({ outcome: "published" });
  });

  test("deletes more than one transaction takes", async () => {
    await push(store, version(1));
    for (let count = 0; count < 70; count++)
      await writeBlob({ store, cache: noCache }, makeBlob(Uint8Array.of(count)));
    expect(await gc(store)).toEqual({ blobs: 70, bytes: 70, kept: 1 });
    expect(await store.keys(blobs)).toHaveLength(1);
  });

  test("keeps the packs of a version that was deleted softly, and gives up those of a hard one", async () => {
    await push(store, version(1));
    await push(store, version(1, 2), { subject: "acme/user" });
    const remove = (hard: boolean) =>
      deleteVersion(
        { store, cache: noCache },
        { subject: "acme/user", seq: 2, hard, force: "a slip", ...actor() },
        async () => [],
      );
    await remove(false);
    expect(await gc(store)).toMatchObject({ blobs: 0, kept: 2 });
    await remove(true);
    expect(await gc(store)).toMatchObject({ blobs: 1, kept: 1 });
    expect((await loadSubject(store, "acme/user"))!.versions[0]!.packs).toHaveLength(1);
  });

  test("says that another one is at work, and leaves it alone", async () => {
    await push(store, version(1));
    await litter();
    const first = overtaken(async () => {
      await expect(gc(store)).rejects.toMatchObject({
        code: "publish-conflict",
        message: expect.stringMatching(/another collector is at work: .*"jo"/),
      });
    });
    expect(await gc(first)).toMatchObject({ blobs: 1 });
    expect(await gc(store)).toMatchObject({ blobs: 0 });
  });

  test("that stalls past its lease deletes nothing more once a publish has gone on without it", async () => {
    await push(store, version(1));
    await litter();
    const before = await store.keys(blobs);
    const leases: { release(): Promise<void> }[] = [];
    const sleeper = overtaken(async () => {
      now += 3_600_000;
      // Consul's clock cannot be moved: what it would do by then is done for it.
      for (const lease of leases) await lease.release();
      expect(await push(store, version(1, 2))).toMatchObject({ outcome: "published" });
    });
    sleeper.lease = async (seconds) => {
      const lease = await store.lease(seconds);
      leases.push(lease);
      return lease;
    };
    await expect(gc(sleeper)).rejects.toMatchObject({
      code: "publish-conflict",
      message: expect.stringContaining("stood still for longer than its lease"),
    });
    expect(await store.keys(blobs)).toEqual(expect.arrayContaining([...before]));
    expect(await epoch()).toEqual({ epoch: 1, collecting: false });
    expect(await gc(store)).toEqual({ blobs: 1, bytes: 1_200_000, kept: 2 });
  });

  test("takes over what a dead one left open, in an epoch of its own", async () => {
    await push(store, version(1));
    const before = { epoch: 4, collecting: true };
    await store.transact([
      { verb: "set", key: "proto4/v1/gc", value: new TextEncoder().encode(JSON.stringify(before)) },
    ]);
    await litter();
    expect(await gc(store)).toMatchObject({ blobs: 1 });
    expect(await epoch()).toEqual({ epoch: 6, collecting: false });
  });

  test("that fails ends, so that publishers go on", async () => {
    await push(store, version(1));
    await litter();
    const failing = overtaken(async () => {
      throw new Error("the disk is gone");
    });
    await expect(gc(failing)).rejects.toThrow("the disk is gone");
    expect(await epoch()).toEqual({ epoch: 1, collecting: false });
    expect(await push(store, version(1, 2))).toMatchObject({ outcome: "published" });
  });

  test("looks again where a blob was written meanwhile", async () => {
    await push(store, version(1));
    await litter();
    const key = (await store.keys(blobs)).find((each) => each.endsWith("/000001"))!;
    const disturbed = overtaken(async () => {
      await store.transact([{ verb: "set", key, value: Uint8Array.of(1) }]);
    });
    expect(await gc(disturbed)).toMatchObject({ blobs: 1, bytes: 700_001 });
    expect(await store.keys(blobs)).toHaveLength(1);
  });

  test.each([
    ["no subject at all", "proto4/v1/", /but not any subject/],
    ["not all subjects", "proto4/v1/subject/acme/user/", /but not the subject acme\/user/],
    ["not all versions", "proto4/v1/subject/acme/user/version/1", /but not acme\/user@1/],
  ])("is refused where %s is seen, but not with a reason", async (_, hidden, message) => {
    await push(store, version(1));
    await push(store, version(1, 2));
    await push(store, { image: otherImage(), sources: new Map() }, { subject: "acme/other" });
    await litter();
    const shown = (key: string) => !key.startsWith(hidden) || key.startsWith(blobs);
    const partial: Store = Object.assign(Object.create(store) as Store, {
      listAll: async (prefixes: readonly string[]) =>
        (await store.listAll(prefixes)).map((list) => list.filter(({ key }) => shown(key))),
    });
    const before = await dump(store);
    await expect(gc(partial, { delete: false })).rejects.toMatchObject({ code: "store-invalid" });
    await expect(gc(partial)).rejects.toMatchObject({
      code: "store-invalid",
      message: expect.stringMatching(message),
    });
    expect(await dump(store)).toEqual(before);
    if (hidden === "proto4/v1/") return; // gc's own key is hidden, too
    await gc(partial, { force: "they are lost" });
    expect(await loadAudit(store)).toMatchObject([{ action: "gc", reason: "they are lost" }, {}, {}, {}]);
  });

  test("does not guess what an unreadable version needs, not even with a reason", async () => {
    await push(store, version(1));
    await litter();
    const key = "proto4/v1/subject/acme/user/version/1";
    await store.transact([{ verb: "set", key, value: new TextEncoder().encode('{"seq":1}') }]);
    const before = await dump(store);
    await expect(gc(store, { force: "at any price" })).rejects.toMatchObject({
      code: "store-invalid",
      message: expect.stringContaining(key),
    });
    expect(await dump(store)).toEqual(before);
  });

  test("of a store without anything finds nothing", async () => {
    expect(await gc(store)).toEqual({ blobs: 0, bytes: 0, kept: 0 });
    expect(await push(store, version(1))).toMatchObject({ outcome: "published" });
  });

  test("by the command", async () => {
    await push(store, version(1));
    await litter();
    const run = (...args: readonly string[]) =>
      runCommand(makeCommand(), ["gc", "--store", address, ...args]);
    const stdout = "1 blob of 1200000 bytes would go with --delete; 1 are needed and stay\n";
    expect(await run()).toEqual({ code: 0, stdout, stderr: "" });
    const json = '{"deleted":true,"blobs":1,"bytes":1200000,"kept":1}\n';
    expect(await run("--delete", "--json")).toEqual({ code: 0, stdout: json, stderr: "" });
    expect((await run("--delete")).stdout).toBe("deleted 0 blobs of 0 bytes; 1 are needed and stay\n");
    expect(await run("--force")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/needs a --reason/),
    });
  });
});

function otherImage() {
  const file = create(FileDescriptorProtoSchema, {
    name: "acme/other.proto",
    package: "acme.other",
    syntax: "proto3",
    messageType: [{ name: "Other" }],
  });
  return { files: [sliceFile(toBinary(FileDescriptorProtoSchema, file), false)] };
}
