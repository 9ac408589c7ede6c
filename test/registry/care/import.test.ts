import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import {
  approve,
  deleteVersion,
  exportRegistry,
  findSubject,
  importRegistry,
  loadAudit,
  type Store,
  setEnvironment,
  setLabel,
  setPolicy,
} from "../../../src/registry/index.js";
import { loadChain } from "../../../src/registry/lookup/load-chain.js";
import { seenPrefix } from "../../../src/registry/store/layout.js";
import { encodeRecord } from "../../../src/registry/store/records.js";
import { actor } from "../actor.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { describeStores, openTestStore } from "../stores.js";

let versions: readonly Compiled[];
let order: Compiled;
const folder = await mkdtemp(join(tmpdir(), "proto4-export-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
let count = 0;
const newFolder = () => join(folder, String(count++));

beforeAll(async () => {
  const plain = { "acme/v1/plain.proto": 'syntax = "proto3";\npackage acme.v1;\nmessage Plain {}\n' };
  const fields = ["string name = 1", "int32 age = 2", "bytes key = 3"];
  versions = await Promise.all(
    [1, 2, 3].map((many) => compile({ ...userProto(...fields.slice(0, many)), ...plain })),
  );
  const text = 'syntax = "proto3";\npackage shop.v1;\n// naïve ☃\nmessage Order {}\n';
  order = await compile({ "shop/v1/order.proto": text });
}, 60_000);

/** Three versions of one subject, one of another, and a record of every kind that is exported. */
async function fill(store: Store): Promise<void> {
  for (const version of versions) await push(store, version, { label: "main" });
  await push(store, order, { subject: "shop/order" });
  await setLabel(store, { subject: "acme/user", version: 2 }, "release", actor());
  await setPolicy(store, "acme/user", { categories: ["WIRE"] }, actor());
  await approve(store, { subject: "acme/user", finding: "0123456789ab", reason: "known", ...actor() });
  const complete = { reason: "all join" };
  await setEnvironment(store, { environment: "prod", window: "7d", complete, ...actor() });
  await see(store, (await findSubject(store, "acme/user")).versions[0]!.contracts[0]!.fingerprint);
}

async function see(store: Store, fingerprint: string): Promise<void> {
  const at = "2026-11-22T10:00:00.000Z";
  const times = { first: at, last: at, due: at, counted: {}, used: {} };
  const seen = { package: "acme.v1", fingerprint, roles: ["serves"], ...times };
  const key = `${seenPrefix}prod/users/${fingerprint.slice(0, 16)}`;
  await store.transact([
    { verb: "set", key, value: encodeRecord(seen) },
    { verb: "set", key: `${seenPrefix}prod/@since`, value: encodeRecord({ since: at }) },
  ]);
}

/** Gives the files of the first version up, and hides the second. */
async function deleteTwo(store: Store): Promise<void> {
  const none = async () => [];
  const registry = { store, cache: noCache };
  const request = { subject: "acme/user", force: "a test", hard: false };
  await deleteVersion(registry, { ...request, seq: 1, ...actor() }, none);
  await deleteVersion(registry, { ...request, seq: 1, ...actor(), hard: true }, none);
  await deleteVersion(registry, { ...request, seq: 2, ...actor() }, none);
}

/** Every file with its bytes. */
async function filesIn(root: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = paths
    .sort()
    .map(async (path) => [relative(root, path), await readFile(path, "base64")] as const);
  return Object.fromEntries(await Promise.all(read));
}

/** Descriptors and sources of each version, and its record but for the packs. */
async function contentsOf(store: Store, name: string) {
  const subject = await findSubject(store, name);
  // Which change was the last is of use only to those who change the subject at the same time.
  const { amended: _, ...head } = subject.head;
  const contents = subject.versions.map(async ({ packs, ...record }) => {
    if (packs.length === 0) return { record };
    const { open } = await loadChain({ store, cache: noCache }, { packs });
    const { files } = await open.image();
    const sources = await open.sources();
    return {
      record,
      files: files.map(({ path, isImport, bytes }) => [path, isImport, Buffer.from(bytes).toString("hex")]),
      sources: [...sources].map(([path, bytes]) => [path, Buffer.from(bytes).toString("hex")]),
    };
  });
  return { ...subject, head, versions: await Promise.all(contents) };
}

async function importInto(store: Store, from: string) {
  return importRegistry({ store, cache: noCache }, from, actor());
}

async function exportInto(store: Store, out: string) {
  return exportRegistry({ store, cache: noCache }, out);
}

async function exported(store: Store): Promise<string> {
  const out = newFolder();
  await exportInto(store, out);
  return out;
}

describeStores("a registry as plain files", ({ fresh }) => {
  test("comes back as it was, each file to the byte, with all that was done", async () => {
    const [store, other] = [await openTestStore(fresh()), await openTestStore(fresh())];
    await fill(store);
    await deleteTwo(store);
    const out = await exported(store);
    const result = await importInto(other, out);
    expect(result).toMatchObject({ subjects: 2, imported: 4, repaired: 0, there: 0 });
    for (const name of ["acme/user", "shop/order"])
      expect(await contentsOf(other, name)).toEqual(await contentsOf(store, name));
    const audit = (await loadAudit(other)).filter(({ action }) => action !== "import");
    expect(audit).toEqual(await loadAudit(store));
    const { "audit.jsonl": _, ...again } = await filesIn(await exported(other));
    const { "audit.jsonl": __, ...first } = await filesIn(out);
    expect(again).toEqual(first);
    await Promise.all([store.close(), other.close()]);
  });

  test("claims no observation that its own store did not make", async () => {
    const [store, other] = [await openTestStore(fresh()), await openTestStore(fresh())];
    await fill(store);
    await importInto(other, await exported(store));
    const keys = await other.keys(seenPrefix);
    expect(keys).toEqual((await store.keys(seenPrefix)).filter((key) => !key.endsWith("/@since")));
    expect(keys).toHaveLength(1);
    await Promise.all([store.close(), other.close()]);
  });

  test("can go on: the next push follows the imported ones, and packages stay claimed", async () => {
    const [store, other] = [await openTestStore(fresh()), await openTestStore(fresh())];
    for (const version of versions.slice(0, 2)) await push(store, version);
    await importInto(other, await exported(store));
    expect(await push(other, versions[2]!)).toMatchObject({ outcome: "published", version: { seq: 3 } });
    const theft = push(other, versions[2]!, { subject: "acme/thief" });
    await expect(theft).rejects.toMatchObject({ code: "package-claimed" });
    await Promise.all([store.close(), other.close()]);
  });

  test("is imported once, however often it is", async () => {
    const [store, other] = [await openTestStore(fresh()), await openTestStore(fresh())];
    await fill(store);
    const out = await exported(store);
    await importInto(other, out);
    const before = await other.list("proto4/");
    expect(await importInto(other, out)).toMatchObject({ imported: 0, repaired: 0, there: 4, records: 0 });
    expect(await other.list("proto4/")).toEqual(before);
    await Promise.all([store.close(), other.close()]);
  });

  test("brings lost packs back", async () => {
    const store = await openTestStore(fresh());
    await fill(store);
    const out = await exported(store);
    const wanted = await contentsOf(store, "acme/user");
    for (const { key, index } of await store.list("proto4/v1/blob/"))
      await store.transact([{ verb: "delete", key, index }]);
    expect(await importInto(store, out)).toMatchObject({ imported: 0, repaired: 4 });
    expect(await contentsOf(store, "acme/user")).toEqual(wanted);
    await store.close();
  });

  test("is not mixed with another history, either way", async () => {
    const [store, other] = [await openTestStore(fresh()), await openTestStore(fresh())];
    await push(store, versions[0]!);
    await push(other, versions[1]!);
    const before = await other.list("proto4/");
    const out = await exported(store);
    await expect(importInto(other, out)).rejects.toThrow(/disagree on acme\/user@1/);
    expect(await other.list("proto4/")).toEqual(before);
    await expect(exportInto(other, out)).rejects.toMatchObject({ code: "output-unwritable" });
    await Promise.all([store.close(), other.close()]);
  });

  test("grows by what is new", async () => {
    const store = await openTestStore(fresh());
    for (const version of versions.slice(0, 2)) await push(store, version);
    const out = await exported(store);
    const before = await filesIn(out);
    await exportInto(store, out);
    expect(await filesIn(out)).toEqual(before);
    await push(store, versions[2]!);
    expect(await exportInto(store, out)).toEqual({ subjects: 1, versions: 3, written: 1 });
    const changed = Object.entries(await filesIn(out)).filter(([path, bytes]) => before[path] !== bytes);
    expect(changed.map(([path]) => path).sort()).toEqual([
      "audit.jsonl",
      "subjects/acme/user/head.json",
      `${user}/3/descriptors/acme/v1/user.proto.binpb`,
      `${user}/3/proto/acme/v1/user.proto`,
      `${user}/3/version.json`,
    ]);
    await store.close();
  });
});

const user = "subjects/acme/user/versions";
const proto = "acme/v1/user.proto";

/** What is done to an export, and what is said of it. */
const spoiled: readonly (readonly [string, (out: string) => Promise<unknown>, RegExp])[] = [
  ["a source that was edited", (out) => appendFile(join(out, user, "1/proto", proto), "\n"), /not what the/],
  ["a descriptor cut off", (out) => truncate(descriptor(out), 20), /user\.proto\.binpb/],
  ["a descriptor that is gone", (out) => rm(descriptor(out)), /binpb .*it is missing/],
  ["a version that is gone", (out) => rm(join(out, user, "2"), { recursive: true }), /version is missing/],
  ["a version beyond the head", (out) => copy(join(out, user, "2"), join(out, user, "9")), /head of .* is 2/],
  ["a link in place of a source", (out) => relink(join(out, user, "1/proto", proto)), /it is a link/],
  ["a link in place of a folder", (out) => relink(join(out, user, "1/proto")), /a link or a file/],
  ["a path that leads out", (out) => edit(list(out), proto, "../../../x"), /files are not listed/],
  ["an absolute path", (out) => edit(list(out), proto, "/etc/passwd"), /files are not listed/],
  ["a path too long", (out) => edit(list(out), proto, "x".repeat(300)), /is missing/],
  ["a subject's odd name", (out) => rename(join(out, "subjects/acme/user"), odd(out)), /may hold a-z/],
  ["an audit record elsewhere", (out) => appendFile(join(out, "audit.jsonl"), stray), /audit\.jsonl:3/],
  ["JSON without end", (out) => writeFile(list(out), "[".repeat(100_000)), /version\.json/],
  ["a deep record", (out) => writeFile(join(out, "seen.json"), deep), /nested/],
  ["a huge file", (out) => truncate(join(out, "packages.json"), 2 ** 29), /bytes, and \d+ are allowed/],
  ["a huge descriptor", (out) => truncate(descriptor(out), 2 ** 29), /bytes, and \d+ are allowed/],
  ["an interrupted export", (out) => mark(out, '"format": 1, "unfinished": true'), /was not finished/],
  ["a newer export", (out) => mark(out, '"format": 2'), /format 2/],
];
const stray = '{"id":"../gc","record":{"action":"x","by":"x","at":"x"}}\n';
const deep = `${'{"a":'.repeat(90)}1${"}".repeat(90)}`;
const list = (out: string) => join(out, user, "1/version.json");
const odd = (out: string) => join(out, "subjects/acme/U ser");
const descriptor = (out: string) => join(out, user, "1/descriptors", `${proto}.binpb`);
const copy = (from: string, to: string) => cp(from, to, { recursive: true });
const mark = (out: string, text: string) => edit(join(out, "registry.json"), '"format": 1', text);

test.each(spoiled)("%s is refused, with where it is", async (_, spoil, message) => {
  const store = await openTestStore(`memory:hostile-${count}`);
  for (const version of versions.slice(0, 2)) await push(store, version);
  const out = await exported(store);
  await spoil(out);
  const other = await openTestStore(`memory:hostile-import-${count++}`);
  const error = await importInto(other, out).catch((each) => each);
  expect(error).toMatchObject({ code: "input-unreadable" });
  expect(`${relative(out, error.location.path)} ${error.message}`).toMatch(message);
});

test("an export follows no link out of its folder", async () => {
  const store = await openTestStore(`memory:linked-${count}`);
  await push(store, versions[0]!);
  const [out, outside] = [await exported(store), newFolder()];
  await mkdir(outside);
  await rm(join(out, "subjects/acme"), { recursive: true });
  await symlink(outside, join(out, "subjects/acme"));
  await expect(exportInto(store, out)).rejects.toThrow(/a link or a file/);
  expect(await readdir(outside)).toEqual([]);
});

test("a folder with something else in it is left alone", async () => {
  const store = await openTestStore(`memory:else-${count}`);
  const out = newFolder();
  await mkdir(out);
  await writeFile(join(out, "notes.txt"), "mine");
  await expect(exportInto(store, out)).rejects.toThrow(/"notes.txt" and is no export/);
  expect(await readdir(out)).toEqual(["notes.txt"]);
});

test("a path that no file can have is named, and the export is known to be unfinished", async () => {
  const store = await openTestStore(`memory:long-${count}`);
  const name = `acme/v1/${"u".repeat(247)}.proto`;
  await push(store, await renamed(versions[0]!, name));
  const out = newFolder();
  await expect(exportInto(store, out)).rejects.toThrow(/a name in its path has 259 bytes/);
  const other = await openTestStore(`memory:long-import-${count}`);
  await expect(importInto(other, out)).rejects.toThrow(/was not finished/);
});

/** The contract with its first file under another path, and no sources. */
async function renamed({ image }: Compiled, path: string): Promise<Compiled> {
  const { create, fromBinary, toBinary } = await import("@bufbuild/protobuf");
  const { FileDescriptorProtoSchema } = await import("@bufbuild/protobuf/wkt");
  const { sliceFile } = await import("../../../src/image/index.js");
  const file = fromBinary(FileDescriptorProtoSchema, image.files[0]!.bytes);
  const bytes = toBinary(
    FileDescriptorProtoSchema,
    create(FileDescriptorProtoSchema, { ...file, name: path }),
  );
  return { image: { files: [sliceFile(bytes, false)] }, sources: new Map() };
}

async function relink(path: string): Promise<void> {
  await rename(path, `${path}-aside`);
  await symlink(`${path}-aside`, path);
}

async function edit(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, "utf8");
  expect(text).toContain(from);
  await writeFile(path, text.replaceAll(from, to));
}
