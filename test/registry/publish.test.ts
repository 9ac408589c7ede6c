import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Proto4Error } from "../../src/diagnostics/index.js";
import { noCache } from "../../src/registry/blob-cache.js";
import {
  findSubject,
  findVersion,
  openRegistry,
  type Registry,
  setEnvironment,
} from "../../src/registry/index.js";
import { loadImage } from "../../src/registry/lookup/load-images.js";
import type { Store, StoreOperation } from "../../src/registry/store/index.js";
import { root } from "../setup/source-files.js";
import { type Compiled, compile, push, userProto } from "./contracts.js";
import { allSubjects, describeStores, dump, openTestStore } from "./stores.js";

let one: Compiled;
let withAge: Compiled;
let withMail: Compiled;
let retyped: Compiled;

beforeAll(async () => {
  [one, withAge, withMail, retyped] = await Promise.all([
    compile(userProto("string name = 1")),
    compile(userProto("string name = 1", "int32 age = 2")),
    compile(userProto("string name = 1", "string mail = 2")),
    compile(userProto("int32 name = 1")),
  ]);
});

describeStores("publishing", ({ fresh }) => {
  let store: Store;
  let other: Store;

  beforeEach(async () => {
    const url = fresh();
    store = await openTestStore(url);
    other = await openTestStore(url);
  });
  afterEach(async () => {
    await store.close();
    await other.close();
  });

  const seqs = async (subject = "acme/user") =>
    (await findSubject(other, subject)).versions.map(({ seq }) => seq);

  test("each version stays as it was published", async () => {
    expect(await push(store, one)).toMatchObject({ outcome: "published", version: { seq: 1, by: "jo" } });
    expect(await push(store, withAge)).toMatchObject({ outcome: "published", version: { seq: 2 } });
    const image = async (version: number | undefined) =>
      loadImage(withoutCache(other), await findVersion(other, { subject: "acme/user", version }));
    expect(await image(1)).toEqual(one.image);
    expect(await image(2)).toEqual(withAge.image);
    expect(await image(undefined)).toEqual(withAge.image);
    const subject = await findSubject(other, "acme/user");
    const prints = subject.versions.map(({ contracts }) => contracts.map((each) => each.fingerprint));
    expect(new Set(prints.flat()).size).toBe(2);
    expect(subject.versions[0]?.contracts).toMatchObject([{ package: "acme.v1" }]);
    expect(await allSubjects(other)).toEqual([subject]);
  });

  test("what equals the last version is not published again", async () => {
    await push(store, one);
    const before = await dump(store);
    expect(await push(store, one)).toMatchObject({ outcome: "unchanged", version: { seq: 1 } });
    expect(await dump(store)).toEqual(before);
  });

  test("a label stands where it was put last, also at an unchanged version", async () => {
    const labels = async () => Object.fromEntries((await findSubject(other, "acme/user")).labels);
    await push(store, one, { label: "main" });
    expect(await labels()).toEqual({ main: 1 });
    await push(store, withAge);
    expect(await push(store, withAge, { label: "main" })).toMatchObject({ outcome: "unchanged" });
    await push(store, withAge, { label: "release-1" });
    expect(await labels()).toEqual({ main: 2, "release-1": 2 });
    const found = await findVersion(other, { subject: "acme/user", version: "main" });
    expect(found.seq).toBe(2);
  });

  test("a breaking version is refused with its findings, and every key stays as it was", async () => {
    await push(store, one);
    const before = await dump(store);
    const outcome = await push(store, retyped, { label: "main" });
    expect(outcome).toMatchObject({ outcome: "refused", against: 1 });
    expect(outcome.findings.map(({ rule }) => rule)).toContain("FIELD_SAME_TYPE");
    expect(await dump(store)).toEqual(before);
  });

  test("a name that left an elder version is remembered, and does not come back", async () => {
    const options = await readFile(join(root, "proto/proto4/options.proto"), "utf8");
    const version = (body: string) =>
      compile({
        "proto4/options.proto": options,
        "acme/v1/user.proto": `syntax = "proto3"; package acme.v1; import "proto4/options.proto"; message User {} ${body}`,
      });
    const gone =
      'option deprecated = true; option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms) = { reason: "empty" sunset: "2026-01-31" };';
    for (const body of [`message Basket { ${gone} }`, ""])
      expect(await push(store, await version(body))).toMatchObject({ outcome: "published" });
    const back = await push(store, await version("message Basket { int32 size = 1; }"));
    expect(back).toMatchObject({
      outcome: "refused",
      findings: [{ rule: "LIFECYCLE_TOMBSTONE", symbol: "acme.v1.Basket" }],
    });
  });

  test("a name that left does not come back where nobody speaks of lifecycles either", async () => {
    const version = (body: string) =>
      compile({ "acme/v1/user.proto": `syntax = "proto3"; package acme.v1; message User {} ${body}` });
    await push(store, await version("message Basket { string owner = 1; }"));
    expect(await push(store, await version(""), { force: "nobody has one" })).toMatchObject({
      outcome: "published",
    });
    expect(await push(store, await version("message Basket { int32 size = 1; }"))).toMatchObject({
      outcome: "refused",
      findings: [{ rule: "LIFECYCLE_TOMBSTONE", symbol: "acme.v1.Basket" }],
    });
  });

  test("of two at once one wins, and the other is judged against it", async () => {
    await push(store, one);
    // Each fits the first version; they do not fit each other.
    const outcomes = await Promise.all([push(store, withAge), push(other, withMail)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["published", "refused"]);
    expect(outcomes.find(({ outcome }) => outcome === "refused")).toMatchObject({ against: 2 });
    expect(await seqs()).toEqual([1, 2]);
  });

  test("who is overtaken after being judged is judged again", async () => {
    await push(store, one);
    const overtaken = beforeCommit(store, async () => {
      await push(other, withAge);
    });
    expect(await push(overtaken, withMail)).toMatchObject({ outcome: "refused", against: 2 });
    expect(await seqs()).toEqual([1, 2]);
  });

  test("subjects do not hinder each other, though they share an index of packages", async () => {
    const names = ["a", "b", "c", "d", "e"];
    const contracts = await Promise.all(
      names.map((name) =>
        compile({ [`${name}.proto`]: `syntax = "proto3"; package ${name}.v1; message M {}` }),
      ),
    );
    const outcomes = await Promise.all(
      contracts.map((contract, index) =>
        push(index % 2 === 0 ? store : other, contract, { subject: `acme/${names[index]}` }),
      ),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(names.map(() => "published"));
    expect((await allSubjects(store)).map(({ name }) => name)).toEqual(names.map((name) => `acme/${name}`));
    await expect(push(store, contracts[0]!, { subject: "acme/b" })).rejects.toMatchObject({
      code: "package-claimed",
      message: expect.stringContaining("acme/a"),
    });
  });

  test("of 16 that come first of all, each with a subject of its own, none is turned away", async () => {
    const contracts = await Promise.all(
      Array.from({ length: 16 }, (_, number) =>
        compile({ "a.proto": `syntax = "proto3"; package acme.p${number}.v1; message M {}` }),
      ),
    );
    const outcomes = await Promise.all(
      contracts.map((contract, number) =>
        push(number % 2 === 0 ? store : other, contract, { subject: `acme/p${number}` }),
      ),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(16).fill("published"));
  });

  test("an answer that was lost is settled by looking: done once, not twice", async () => {
    const deaf = failingOnce(store, async (operations) => {
      await store.transact(operations);
    });
    expect(await push(deaf, one)).toMatchObject({ outcome: "published", version: { seq: 1 } });
    expect(await seqs()).toEqual([1]);
  });

  test("a request that was lost is made again", async () => {
    const mute = failingOnce(store, async () => {});
    expect(await push(mute, one)).toMatchObject({ outcome: "published", version: { seq: 1 } });
    expect(await seqs()).toEqual([1]);
  });

  test("while the store stays away, the error says that the outcome is not known", async () => {
    let away = false;
    const fading: Store = {
      ...bound(store),
      listAll: async (prefixes) => (away ? fail() : store.listAll(prefixes)),
      transact: async (operations) => {
        if (!isCommit(operations)) return store.transact(operations);
        away = true;
        return fail();
      },
    };
    await expect(push(fading, one)).rejects.toMatchObject({
      code: "store-unreachable",
      message: expect.stringContaining("whether it was published to acme/user is not known"),
    });
  });

  test("commits that are never answered are given up, and nobody claims that nothing was done", async () => {
    let commits = 0;
    const mute: Store = {
      ...bound(store),
      transact: async (operations) => {
        if (!isCommit(operations)) return store.transact(operations);
        commits++;
        return fail();
      },
    };
    await expect(push(mute, one)).rejects.toMatchObject({
      code: "store-unreachable",
      message: expect.stringContaining("whether it was published to acme/user is not known"),
    });
    expect(commits).toBe(3);
  });

  test("who dies before the last step leaves nothing that a reader sees", async () => {
    await push(store, one);
    const before = await dump(store, "proto4/v1/subject/");
    const dying = beforeCommit(store, async () => {
      throw new Error("killed");
    });
    await expect(push(dying, withAge)).rejects.toThrow("killed");
    expect(await dump(store, "proto4/v1/subject/")).toEqual(before);
    expect(await push(other, withAge)).toMatchObject({ outcome: "published", version: { seq: 2 } });
  });

  test("a collection of garbage meanwhile makes a publish start again", async () => {
    const collected = beforeCommit(store, async () => {
      const value = new TextEncoder().encode('{"epoch":7,"collecting":false}');
      await other.transact([{ verb: "set", key: "proto4/v1/gc", value }]);
    });
    expect(await push(collected, one)).toMatchObject({ outcome: "published" });
    expect(await push(store, withAge)).toMatchObject({ outcome: "published" });
  });

  test("the watched key changes with every transaction of the registry", async () => {
    const rev = async () => (await store.get("proto4/v1/rev"))?.index;
    const seen = [await rev()];
    for (const step of [
      () => push(store, one),
      () => push(store, withAge),
      () => push(store, withAge, { label: "x" }),
    ]) {
      await step();
      seen.push(await rev());
    }
    expect(new Set(seen).size).toBe(4);
    expect((await store.list("proto4/v1/audit/")).length).toBe(3);
  });

  test("a text too large for one key comes back whole", async () => {
    // Hardly compressible, so that its parts fill several keys.
    const noise = Array.from({ length: 40_000 }, (_, line) => `// ${Math.sin(line)}${Math.cos(line)}\n`).join(
      "",
    );
    const [[path, text]] = Object.entries(userProto("string name = 1")) as [[string, string]];
    const large = await compile({ [path]: `${noise}${text}` });
    await push(store, large);
    const keys = (await store.list("proto4/v1/blob/")).map(({ key }) => key);
    expect(keys.filter((key) => /\/\d{6}$/.test(key)).length).toBeGreaterThan(1);
    const version = await findVersion(other, { subject: "acme/user", version: 1 });
    const { files } = await loadImage(withoutCache(other), version);
    expect(files).toHaveLength(1);
    expect(Buffer.compare(files[0]!.bytes, large.image.files[0]!.bytes)).toBe(0);
  });

  test("another subject's package is claimed also under a path of the well-known types", async () => {
    await push(store, one);
    const lying = await compile({
      "acme/other.proto": 'syntax = "proto3"; package acme.other; message M {}',
      "google/protobuf/user.proto": 'syntax = "proto3"; package acme.v1; message User { int32 name = 1; }',
    });
    await expect(push(store, lying, { subject: "acme/other" })).rejects.toMatchObject({
      code: "package-claimed",
    });
  });

  test("a store that was migrated since it was opened is not written to", async () => {
    await push(store, one);
    const value = new TextEncoder().encode(JSON.stringify({ layout: 2 }));
    await store.transact([{ verb: "set", key: "proto4/v1/layout", value }]);
    await expect(push(store, withAge)).rejects.toMatchObject({
      code: "store-invalid",
      message: /has layout 2, this proto4 knows 1 at most/,
    });
  });

  test("a damaged or missing blob is noticed, and what it held is never guessed at", async () => {
    await push(store, one);
    const [digest = ""] = (await findVersion(store, { subject: "acme/user", version: 1 })).packs;
    const key = `proto4/v1/blob/${digest.slice(0, 2)}/${digest}`;
    const whole = (await store.get(key))!;
    const flipped = whole.value.slice();
    flipped[flipped.length - 12]! ^= 1;
    const refused = { code: "store-invalid", message: expect.stringContaining(digest) };
    for (const value of [flipped, whole.value.subarray(0, 20), new Uint8Array(0)]) {
      await store.transact([{ verb: "set", key, value }]);
      await expect(push(other, withAge)).rejects.toMatchObject(refused);
    }
    await store.transact([{ verb: "delete", key, index: (await store.get(key))!.index }]);
    await expect(push(other, withAge)).rejects.toMatchObject(refused);
    await store.transact([{ verb: "set", key, value: whole.value }]);
    expect(await push(other, withAge)).toMatchObject({ outcome: "published" });
  });

  test("a head whose version is gone is told, not shown as empty", async () => {
    await push(store, one);
    const key = "proto4/v1/subject/acme/user/version/1";
    await store.transact([{ verb: "delete", key, index: (await store.get(key))!.index }]);
    for (const call of [
      () => findSubject(other, "acme/user"),
      () => allSubjects(other),
      () => push(other, withAge),
    ])
      await expect(call()).rejects.toMatchObject({
        code: "store-invalid",
        message: expect.stringContaining(key),
      });
  });

  test("records that somebody else wrote are refused, not guessed at", async () => {
    await push(store, one);
    for (const text of ["", "{", "null", '{"seq":"1"}', '{"seq":0,"publish":"x"}']) {
      const value = new TextEncoder().encode(text);
      await store.transact([{ verb: "set", key: "proto4/v1/subject/acme/user/head", value }]);
      await expect(findSubject(store, "acme/user")).rejects.toMatchObject({ code: "store-invalid" });
      await expect(push(store, withAge)).rejects.toMatchObject({ code: "store-invalid" });
    }
  });
});

describe("what cannot be published", () => {
  const refuse = async (contract: Compiled, more: Parameters<typeof push>[2]) => {
    return push(await openTestStore("memory:empty"), contract, more).catch(
      (error: Proto4Error) => error.code,
    );
  };

  test.each([
    "",
    "user",
    "a/b/c",
    "../x",
    "a/..",
    "a/.hidden",
    "A/b",
    "a/",
    "/a",
    "a b/c",
    "ä/c",
    `a/${"n".repeat(65)}`,
  ])("the subject %j", async (subject) => {
    expect(await refuse(one, { subject })).toBe("subject-invalid");
  });

  test.each(["", "3", "feature/x", "-x", "l".repeat(65), "a@b"])("the label %j", async (label) => {
    expect(await refuse(one, { label })).toBe("subject-invalid");
  });

  test("a file without a package", async () => {
    expect(await refuse(await compile({ "x.proto": 'syntax = "proto3"; message X {}' }), {})).toBe("usage");
  });

  test.each(["", " "])("a force for the reason %j", async (force) => {
    expect(await refuse(retyped, { force })).toBe("usage");
  });

  test("an image of imports alone", async () => {
    const files = one.image.files.map((file) => ({ ...file, isImport: true }));
    expect(await refuse({ image: { files }, sources: new Map() }, {})).toBe("usage");
  });

  test.each([
    "../evil.proto",
    "/etc/x.proto",
    "a//b.proto",
    "a/./b.proto",
    "a\\b.proto",
    "C:/x.proto",
    "a\u0000b",
  ])("a file at %j", async (path) => {
    const files = one.image.files.map((file) => ({ ...file, path }));
    expect(await refuse({ image: { files }, sources: new Map() }, {})).toBe("image-corrupt");
  });
});

/** The store, with something happening right before its first commit of a version. */
function beforeCommit(store: Store, happening: () => Promise<void>): Store {
  let happened = false;
  return {
    ...bound(store),
    transact: async (operations) => {
      if (isCommit(operations) && !happened) {
        happened = true;
        await happening();
      }
      return store.transact(operations);
    },
  };
}

/** The store, of which the first commit of a version gets no answer. */
function failingOnce(store: Store, instead: (operations: readonly StoreOperation[]) => Promise<void>): Store {
  let failed = false;
  return {
    ...bound(store),
    transact: async (operations) => {
      if (!isCommit(operations) || failed) return store.transact(operations);
      failed = true;
      await instead(operations);
      return fail();
    },
  };
}

function isCommit(operations: readonly StoreOperation[]): boolean {
  return operations.some(({ key }) => key.endsWith("/head"));
}

function fail(): never {
  throw new Proto4Error("store-unreachable", "the line went dead");
}

function bound(store: Store): Store {
  return {
    get: (key) => store.get(key),
    list: (prefix) => store.list(prefix),
    listAll: (prefixes) => store.listAll(prefixes),
    keys: (prefix) => store.keys(prefix),
    transact: (operations) => store.transact(operations),
    watch: (key, signal) => store.watch(key, signal),
    lease: (seconds) => store.lease(seconds),
    close: () => store.close(),
  };
}

function withoutCache(store: Store): Registry {
  return { store, cache: noCache };
}

test("what is said of an environment before the first version does not make the store an elder one", async () => {
  const url = "memory:environment-first";
  const store = await openTestStore(url);
  await setEnvironment(store, { environment: "test", by: "jo", at: "2026-11-22T10:00:00.000Z", id: "said" });
  const registry = await openRegistry(url, { now: () => 0 });
  expect(await push(registry.store, one)).toMatchObject({ outcome: "published" });
});
