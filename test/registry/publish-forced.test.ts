import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { deleteVersion, findSubject, loadAudit } from "../../src/registry/index.js";
import type { Store } from "../../src/registry/store/index.js";
import { actor } from "./actor.js";
import { type Compiled, compile, push, userProto } from "./contracts.js";
import { withoutCache } from "./lookup/registries.js";
import { describeStores, dump, openTestStore } from "./stores.js";

let one: Compiled;
let more: Compiled;
let retyped: Compiled;

beforeAll(async () => {
  [one, more, retyped] = await Promise.all([
    compile(userProto("string name = 1")),
    compile(userProto("string name = 1", "int32 age = 2")),
    compile(userProto("int32 name = 1")),
  ]);
});

describeStores("what is forced, and what is only tried", ({ fresh }) => {
  let store: Store;
  beforeEach(async () => {
    store = await openTestStore(fresh());
  });
  afterEach(() => store.close());

  test("a breaking version is published with its reason, which the audit trail keeps", async () => {
    await push(store, one);
    const { findings } = await push(store, retyped);
    const ids = findings.filter(({ severity }) => severity === "error").map(({ id }) => id);
    const forced = { reason: "nobody reads names", findings: [...new Set(ids)] };
    const outcome = await push(store, retyped, { force: forced.reason, by: "ada" });
    expect(outcome).toMatchObject({ outcome: "published", version: { seq: 2, forced } });
    expect(outcome.findings).toEqual(findings);
    expect((await findSubject(store, "acme/user")).versions[1]).toMatchObject({ forced });
    expect((await loadAudit(store, "acme/user"))[0]).toMatchObject({
      action: "publish",
      seq: 2,
      by: "ada",
      forced,
    });
  });

  test("who forces what nobody refuses has forced nothing", async () => {
    await push(store, one, { force: "to be sure" });
    const outcome = await push(store, more, { force: "to be sure" });
    expect(outcome).toMatchObject({ outcome: "published", version: { seq: 2 } });
    for (const version of (await findSubject(store, "acme/user")).versions)
      expect(version.forced).toBeUndefined();
  });

  test("force does not take another subject's package, nor what does not link", async () => {
    await push(store, one);
    const before = await dump(store);
    await expect(push(store, more, { subject: "acme/b", force: "mine" })).rejects.toMatchObject({
      code: "package-claimed",
    });
    const [file] = (await compile(importing)).image.files.filter(({ path }) => path === "b.proto");
    const torn = { image: { files: [file!] }, sources: new Map() };
    await expect(push(store, torn, { subject: "acme/b", force: "mine" })).rejects.toMatchObject({
      code: "image-corrupt",
    });
    expect(await dump(store)).toEqual(before);
  });

  test("a dry run says what would be and writes nothing", async () => {
    const nothing = await dump(store);
    const dry = { dryRun: true, label: "main" };
    expect(await push(store, one, dry)).toMatchObject({ outcome: "published", version: { seq: 1 } });
    expect(await dump(store)).toEqual(nothing);
    await push(store, one);
    const before = await dump(store);
    expect(await push(store, more, dry)).toMatchObject({ outcome: "published", version: { seq: 2 } });
    expect(await push(store, one, dry)).toMatchObject({ outcome: "unchanged", version: { seq: 1 } });
    expect(await push(store, retyped, dry)).toMatchObject({ outcome: "refused", against: 1 });
    expect(await push(store, retyped, { ...dry, force: "x" })).toMatchObject({ outcome: "published" });
    expect(await dump(store)).toEqual(before);
  });
});

describe("a message that left", () => {
  const long = 25;
  let history: readonly Compiled[];
  let back: Compiled;

  beforeAll(async () => {
    const { readFile } = await import("node:fs/promises");
    const options = await readFile(new URL("../../proto/proto4/options.proto", import.meta.url), "utf8");
    const version = (body: string, count: number) =>
      compile({
        "proto4/options.proto": options,
        "acme/v1/user.proto": `syntax = "proto3"; package acme.v1; import "proto4/options.proto"; message User {} ${body} ${Array.from(
          { length: count },
          (_, number) => `message M${number} {}`,
        ).join(" ")}`,
      });
    const gone =
      'message Basket { option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms) = { reason: "empty" sunset: "2026-01-31" }; }';
    const all = [await version(gone, 0)];
    for (let count = 0; count <= long; count++) all.push(await version("", count));
    history = all;
    back = await version("message Basket { int32 size = 1; }", long);
  });

  describeStores("long ago", ({ fresh }) => {
    test(`still owns its name ${long} versions later, whatever was deleted meanwhile`, {
      timeout: 120_000,
    }, async () => {
      const store = await openTestStore(fresh());
      for (const contract of history)
        expect(await push(store, contract)).toMatchObject({ outcome: "published" });
      const refused = {
        outcome: "refused",
        against: long + 2,
        findings: [{ rule: "LIFECYCLE_TOMBSTONE", symbol: "acme.v1.Basket" }],
      };
      expect(await push(store, back)).toMatchObject(refused);
      // The version that it left with.
      const left = { subject: "acme/user", seq: 2, hard: false };
      await deleteVersion(withoutCache(store), { ...left, ...actor() }, async () => []);
      expect(await push(store, back)).toMatchObject(refused);
      await store.close();
    });
  });
});

const importing = {
  "a.proto": 'syntax = "proto3"; package a.v1; message A {}',
  "b.proto": 'syntax = "proto3"; package b.v1; import "a.proto"; message B { a.v1.A a = 1; }',
};
