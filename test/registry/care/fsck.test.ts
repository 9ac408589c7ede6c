import { beforeAll, beforeEach, expect, test } from "vitest";
import { checkRegistry, loadAudit, loadStats, repairRegistry } from "../../../src/registry/index.js";
import type { Store } from "../../../src/registry/store/index.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { describeStores, dump, openTestStore } from "../stores.js";

const jo = { by: "jo", at: "2026-11-26T10:00:00.000Z", id: "repair" };

let one: Compiled;
let two: Compiled;
beforeAll(async () => {
  one = await compile(userProto("string name = 1"));
  two = await compile(userProto("string name = 1", "int32 age = 2"));
});

describeStores("fsck", ({ fresh }) => {
  let store: Store;
  beforeEach(async () => {
    store = await openTestStore(fresh());
    await push(store, one);
    await push(store, two, { label: "main" });
  });
  const set = (key: string, text: string | Uint8Array) =>
    store.transact([
      { verb: "set", key: `proto4/v1/${key}`, value: typeof text === "string" ? Buffer.from(text) : text },
    ]);
  const places = async () =>
    (await checkRegistry({ store })).map(({ where }) => where.replace("proto4/v1/", ""));

  test("what was only published is whole, and counted", async () => {
    expect(await checkRegistry({ store })).toEqual([]);
    expect(await loadStats(store)).toMatchObject({
      layout: 1,
      blobs: 2,
      subjects: [{ name: "acme/user", versions: 2, deleted: 0, files: 1, packages: 1, packs: 2 }],
    });
  });

  test("a blob that is damaged or missing is told by its digest, with the version that needs it", async () => {
    const [entry] = await store.list("proto4/v1/blob/");
    const flipped = entry!.value.slice();
    flipped[9]! ^= 1;
    await store.transact([{ verb: "set", key: entry!.key, value: flipped }]);
    const [problem] = await checkRegistry({ store });
    expect(problem?.where).toBe(entry!.key.split("/").at(-1));
    expect(problem?.message).toContain("acme/user@2 needs it");
    await store.transact([{ verb: "delete", key: entry!.key, index: (await store.get(entry!.key))!.index }]);
    expect((await checkRegistry({ store }))[0]?.message).toContain("is missing");
    expect(await repairRegistry(store, await checkRegistry({ store }), jo)).toHaveLength(1);
  });

  test.each([
    ["subject/acme/user/head", "{}"],
    ["subject/acme/user/version/1", '{"seq":1}'],
    ["subject/acme/user/approval/0123456789ab", "[]"],
    ["live/test/web/one", "{}"],
    ["seen/test/web/0123456789abcdef", "{}"],
    ["env/test", '{"window":"forever"}'],
    ["audit/20261122-x", "{"],
    ["rev", "{"],
    ["gc", "{}"],
    ["packages", '{"acme/user":7}'],
    ["somebody/elses", "x"],
    ["blob/ab/not-a-digest", "x"],
    [`blob/ab/${"c".repeat(64)}`, "x"],
    [`blob/cc/${"c".repeat(64)}/1`, "x"],
  ])("foreign bytes at %s are told, and left to people", async (key, text) => {
    await set(key, text);
    expect(await places()).toContain(key);
    const before = await dump(store);
    await repairRegistry(store, await checkRegistry({ store }), jo);
    expect(await dump(store)).toEqual(before);
  });

  test("what can be mended without a loss is mended", async () => {
    await set("subject/acme/user/label/stray", '{"seq":9}');
    await set("packages", "{}");
    await set("gc", '{"epoch":4,"collecting":true}');
    expect(await places()).toEqual(["gc", "packages", "subject/acme/user/label/stray"]);
    expect(await repairRegistry(store, await checkRegistry({ store }), jo)).toEqual([]);
    expect(await checkRegistry({ store })).toEqual([]);
    const trail = (await loadAudit(store)).filter(({ action }) => action === "repair");
    expect(trail.map(({ where }) => where)).toHaveLength(3);
    expect(await push(store, one)).toMatchObject({ outcome: "refused" });
  });

  test("parts that stand beside a blob, or follow its last, are deleted", async () => {
    const [entry] = await store.list("proto4/v1/blob/");
    const blob = entry!.key.replace("proto4/v1/", "");
    await set(`${blob}/000000`, "stray");
    await set(`${blob}/000001`, "stray");
    const found = await checkRegistry({ store });
    expect(found.map(({ where }) => where)).toEqual([blob.split("/").at(-1)]);
    expect(await repairRegistry(store, found, jo)).toEqual([]);
    expect(await checkRegistry({ store })).toEqual([]);
    await store.transact([
      { verb: "delete", key: entry!.key, index: entry!.index },
      { verb: "set", key: `${entry!.key}/000000`, value: entry!.value.subarray(0, 50) },
      { verb: "set", key: `${entry!.key}/000001`, value: entry!.value.subarray(50) },
      { verb: "set", key: `${entry!.key}/000002`, value: Buffer.from("stray") },
    ]);
    expect(await repairRegistry(store, await checkRegistry({ store }), jo)).toEqual([]);
    expect(await store.keys(entry!.key)).toEqual([`${entry!.key}/000000`, `${entry!.key}/000001`]);
    expect(await checkRegistry({ store })).toEqual([]);
  });

  test("a version whose record is lost is told", async () => {
    const key = "proto4/v1/subject/acme/user/version/1";
    await store.transact([{ verb: "delete", key, index: (await store.get(key))!.index }]);
    expect(await places()).toEqual(["subject/acme/user/version/1"]);
  });
});
