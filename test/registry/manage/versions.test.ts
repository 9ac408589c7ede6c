import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type DeleteRequest,
  deleteVersion,
  findSubject,
  findVersion,
  loadAudit,
  removeLabel,
  restoreVersion,
  setLabel,
} from "../../../src/registry/index.js";
import { loadImage } from "../../../src/registry/lookup/load-images.js";
import type { Store } from "../../../src/registry/store/index.js";
import { actor } from "../actor.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { withoutCache } from "../lookup/registries.js";
import { describeStores, dump, openTestStore } from "../stores.js";

let versions: readonly Compiled[];

beforeAll(async () => {
  const more = ["int32 age = 2", "string mail = 3", "string fax = 4"];
  versions = await Promise.all(
    [0, 1, 2, 3].map((count) => compile(userProto("string name = 1", ...more.slice(0, count)))),
  );
});

describeStores("labels and deletions", ({ fresh }) => {
  let store: Store;
  beforeEach(async () => {
    store = await openTestStore(fresh());
    for (const version of versions.slice(0, 3)) await push(store, version);
  });
  afterEach(() => store.close());

  const subject = () => findSubject(store, "acme/user");
  const find = (version?: number | string) => findVersion(store, { subject: "acme/user", version });
  const label = (name: string, version?: number | string) =>
    setLabel(store, { subject: "acme/user", version }, name, actor());
  const remove = (seq: number, more: Partial<DeleteRequest> = {}, seen: readonly string[] = []) =>
    deleteVersion(
      withoutCache(store),
      { subject: "acme/user", seq, hard: false, ...more, ...actor() },
      async () => seen,
    );
  const restore = (seq: number) =>
    restoreVersion(withoutCache(store), { subject: "acme/user", seq, ...actor() });

  describe("a label", () => {
    test("stands at the last version, one by number or one by label, and moves", async () => {
      expect([await label("a"), await label("b", 1), await label("c", "b")]).toEqual([3, 1, 1]);
      expect(await label("b", 2)).toBe(2);
      expect(Object.fromEntries((await subject()).labels)).toEqual({ a: 3, b: 2, c: 1 });
      expect((await find("b")).seq).toBe(2);
    });

    test("with a branch's slash is refused with the label to write", async () => {
      await expect(label("feature/fax")).rejects.toMatchObject({
        code: "subject-invalid",
        message: expect.stringMatching(/ write feature-fax$/),
      });
    });

    test("that stands there already writes nothing", async () => {
      await label("main", 2);
      const before = await dump(store);
      expect(await label("main", 2)).toBe(2);
      expect(await dump(store)).toEqual(before);
    });

    test("is removed, and is then none", async () => {
      await label("main");
      await removeLabel(store, "acme/user", "main", actor());
      await expect(find("main")).rejects.toMatchObject({ code: "subject-missing" });
      await expect(removeLabel(store, "acme/user", "main", actor())).rejects.toMatchObject({
        code: "subject-missing",
        message: "acme/user has no label main: it has none",
      });
    });

    test.each([
      ["main", 9, "subject-missing"],
      ["main", "trunk", "subject-missing"],
      ["7", 1, "subject-invalid"],
      ["a/b", 1, "subject-invalid"],
    ])("%s at %s is refused and changes nothing", async (name, version, code) => {
      const before = await dump(store);
      await expect(label(name, version)).rejects.toMatchObject({ code });
      expect(await dump(store)).toEqual(before);
    });
  });

  describe("a version that is deleted", () => {
    test("is found no more, and the last is the one before it", async () => {
      await remove(3);
      await expect(find(3)).rejects.toMatchObject({
        code: "subject-missing",
        message: expect.stringMatching(
          /^acme\/user@3 was deleted by jo on 2026-11-23;.*restore acme\/user@3/,
        ),
      });
      await expect(label("main", 3)).rejects.toMatchObject({ code: "subject-missing" });
      expect((await find()).seq).toBe(2);
    });

    test("comes back as it was", async () => {
      const before = await find(3);
      await remove(3);
      await restore(3);
      expect(await find()).toEqual(before);
      expect(await loadImage(withoutCache(store), await find())).toEqual(versions[2]!.image);
    });

    test("leaves its number to nobody, and the next is judged against what stands", async () => {
      await remove(3);
      // Without the field that the third version alone had.
      expect(await push(store, versions[1]!)).toMatchObject({ outcome: "unchanged", version: { seq: 2 } });
      expect(await push(store, versions[3]!)).toMatchObject({ outcome: "published", version: { seq: 4 } });
      await remove(4);
      await remove(4, { hard: true });
      expect(await push(store, versions[2]!)).toMatchObject({ outcome: "published", version: { seq: 5 } });
      expect((await subject()).versions.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
    });

    test("may be every one: the next is judged as a first one, and gets the next number", async () => {
      for (const seq of [1, 2, 3]) await remove(seq);
      await expect(find()).rejects.toMatchObject({ code: "subject-missing" });
      const retyped = await compile(userProto("int32 name = 1"));
      expect(await push(store, retyped)).toMatchObject({ outcome: "published", version: { seq: 4 } });
    });

    test("still tells which contracts later ones have", async () => {
      const contracts = async () => (await subject()).versions.map((version) => version.contracts);
      const before = await contracts();
      await remove(1);
      await remove(1, { hard: true });
      await remove(3);
      expect(await contracts()).toEqual(before);
      await push(store, versions[3]!);
      expect((await contracts()).slice(0, 3)).toEqual(before);
      expect(new Set((await contracts()).map(([contract]) => contract!.fingerprint)).size).toBe(4);
    });

    test("gives its files up only when that is said after it was deleted softly, for good", async () => {
      const refused = (sentence: RegExp) => ({ code: "usage", message: expect.stringMatching(sentence) });
      await expect(remove(2, { hard: true })).rejects.toMatchObject(refused(/softly first/));
      await remove(2);
      await expect(remove(2)).rejects.toMatchObject(refused(/deleted already, by jo on 2026-11-23/));
      await remove(2, { hard: true });
      expect((await subject()).versions[1]).toMatchObject({ packs: [], deleted: { how: "hard", by: "jo" } });
      await expect(restore(2)).rejects.toMatchObject(refused(/given up: push the contract again/));
      await expect(remove(2, { hard: true })).rejects.toMatchObject(refused(/deleted already/));
      await expect(restore(1)).rejects.toMatchObject(refused(/is not deleted/));
      await expect(remove(9)).rejects.toMatchObject({
        code: "subject-missing",
        message: "acme/user has no version 9: its last one is 3",
      });
      // A pack of the one given up may carry what came after it.
      for (const [place, seq] of [1, 3].entries())
        expect(await loadImage(withoutCache(store), await find(seq))).toEqual(versions[2 * place]!.image);
    });

    test("is kept while a label, another subject or a running service needs it, unless forced", async () => {
      const imported = await compile({
        ...userProto("string name = 1", "int32 age = 2", "string mail = 3"),
        "shop/order.proto":
          'syntax = "proto3"; package shop.v1; import "acme/v1/user.proto"; message Order { acme.v1.User by = 1; }',
      });
      const files = imported.image.files.map((file) => ({ ...file, isImport: file.package !== "shop.v1" }));
      await push(store, { ...imported, image: { files } }, { subject: "shop/order" });
      await label("main");
      const before = await dump(store);
      await expect(remove(3, {}, ["cart-1 runs it in production"])).rejects.toMatchObject({
        code: "usage",
        message:
          "acme/user@3 is still used: the label main stands at it; shop/order@1 imports it; " +
          "cart-1 runs it in production; move that on first, or say --force with a --reason",
      });
      expect(await dump(store)).toEqual(before);
      for (const force of ["", " "])
        await expect(remove(3, { force })).rejects.toMatchObject({
          code: "usage",
          message: /needs a reason/,
        });
      await remove(3, { force: "it leaks" }, ["cart-1 runs it in production"]);
      expect((await subject()).labels.size).toBe(0);
      expect((await loadAudit(store, "acme/user"))[0]).toMatchObject({
        action: "delete",
        seq: 3,
        by: "jo",
        reason: "it leaks",
        uses: expect.arrayContaining(["shop/order@1 imports it"]),
      });
    });
  });

  test("a version with more labels than a transaction takes is named as used, and goes where it is forced", async () => {
    const many = Array.from({ length: 90 }, (_, number) => `branch-${number}`);
    for (const name of many) await label(name, 2);
    await label("other", 1);
    await expect(remove(2)).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(/branch-0 stands at it; .*; and 70 more; move that on first/),
    });
    // Nothing is taken away for a deletion that is refused.
    await expect(remove(2, { hard: true, force: "old" })).rejects.toMatchObject({ code: "usage" });
    expect((await subject()).labels.size).toBe(91);
    await remove(2, { force: "old" });
    const { labels, versions: all } = await subject();
    expect([...labels]).toEqual([["other", 1]]);
    expect(all[1]).toMatchObject({ deleted: { how: "soft", reason: "old" } });
  });

  test("what was done is told, the last first, of one subject or of all", async () => {
    await push(store, await compile({ "b.proto": 'syntax = "proto3"; package b.v1; message B {}' }), {
      subject: "acme/b",
    });
    await label("main", 2);
    await remove(3);
    await restore(3);
    const trail = (await loadAudit(store, "acme/user")).map(({ action, seq }) => `${action} ${seq}`);
    expect(trail).toEqual(["restore 3", "delete 3", "label 2", "publish 3", "publish 2", "publish 1"]);
    expect((await loadAudit(store)).map((record) => record.subject)).toContain("acme/b");
    await expect(loadAudit(store, "acme/none")).rejects.toMatchObject({ code: "subject-missing" });
  });
});
