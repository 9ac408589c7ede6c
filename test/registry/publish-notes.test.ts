import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { type BlobCache, folderCache, sha256 } from "../../src/registry/blob-cache.js";
import { publish } from "../../src/registry/index.js";
import type { Store } from "../../src/registry/store/index.js";
import { fingerprints } from "../../src/schema/index.js";
import { actor } from "./actor.js";
import { type Compiled, compile } from "./contracts.js";
import { openTestStore } from "./stores.js";

const proto = (name: string, imports: readonly string[], ...body: readonly string[]) => ({
  [`${name}.proto`]: [
    'syntax = "proto3";',
    `package ${name.replaceAll("/", ".")};`,
    ...imports.map((path) => `import "${path}.proto";`),
    ...body,
  ].join("\n"),
});

/** One package that others reach, one in the middle with several files, and one that nobody reaches. */
const sources = (field: string) => ({
  ...proto("base/v1", [], "message Money { int64 units = 1; }", "enum Unit { UNIT_NONE = 0; }"),
  ...proto("shop/v1", ["base/v1"], "message Order { base.v1.Money sum = 1; Item item = 2; }", field),
  ...proto("lone/v1", [], "message Lone { string id = 1; }"),
});

let one: Compiled;
let two: Compiled;
let folder: string;
let store: Store;

beforeAll(async () => {
  one = await compile(sources("message Item { string id = 1; }"));
  two = await compile(sources("message Item { string id = 1; base.v1.Unit unit = 2; }"));
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proto4-notes-"));
  store = await openTestStore(`memory:${folder}`);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** A cache in the folder as another process would open it, which tells what it had. */
function freshCache() {
  const cache = folderCache(folder, { now: Date.now });
  const had: boolean[] = [];
  const get = async (key: string) => {
    const text = await cache.notes.get(key);
    had.push(text !== undefined);
    return text;
  };
  return { had, cache: { ...cache, notes: { ...cache.notes, get } } satisfies BlobCache };
}

async function pushed({ image, sources }: Compiled, cache: BlobCache) {
  const request = {
    subject: "acme/shop",
    image: { files: [...image.files] },
    sources,
    force: "elements move",
    ...actor(),
  };
  const outcome = await publish({ store, cache }, request);
  if (outcome.outcome !== "published") throw new Error(outcome.outcome);
  return new Map(outcome.version.contracts.map((each) => [each.package, each.fingerprint]));
}

const truth = ({ image }: Compiled) =>
  fingerprints({ files: [...image.files] }, ["base.v1", "lone.v1", "shop.v1"]);

async function noteFiles(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => each.path.includes("contracts-") && each.isFile())
    .map((each) => join(each.path, each.name));
}

test("another process takes from notes what did not change, and finds the same fingerprints", async () => {
  await pushed(one, freshCache().cache);
  const { cache, had } = freshCache();
  expect(await pushed(two, cache)).toEqual(truth(two));
  expect(had).toEqual([true]);
});

test("a process that opened the registry before asks for no notes", async () => {
  const { cache, had } = freshCache();
  const registry = { store, cache };
  for (const { image, sources } of [one, two])
    await publish(registry, { subject: "acme/shop", image, sources, ...actor() });
  expect(had).toEqual([]);
});

test.each<[string, (bytes: Buffer, all: readonly Buffer[]) => Uint8Array]>([
  ["cut off", (bytes) => bytes.subarray(0, bytes.length / 2)],
  ["empty", () => Buffer.alloc(0)],
  [
    "with one bit turned",
    (bytes) => Buffer.from(bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte))),
  ],
  ["those of another contract", (bytes, all) => all.find((other) => !other.equals(bytes))!],
  ["whole, and of nothing", () => sealed("\n\n")],
  ["whole, with ways that lead nowhere", (bytes) => sealed(`${bytes.toString().slice(64)} 99`)],
  [
    "whole, with a way too few",
    (bytes) =>
      sealed(
        bytes
          .toString()
          .slice(64)
          .replace(/\n[^\n]*$/, ""),
      ),
  ],
])("notes that are %s are not believed", async (_, damage) => {
  await pushed(one, freshCache().cache);
  const files = await noteFiles();
  expect(files).toHaveLength(3);
  const all = await Promise.all(files.map((path) => readFile(path)));
  for (const [place, path] of files.entries()) await writeFile(path, damage(all[place]!, all));
  expect(await pushed(two, freshCache().cache)).toEqual(truth(two));
});

function sealed(text: string): Buffer {
  return Buffer.from(sha256(text) + text);
}

test("the same contract in other files is read by where its elements are now", async () => {
  await pushed(one, freshCache().cache);
  // Item moves into a file of its own; no fingerprint changes, so the notes are those of where it was.
  const text = sources("message Item { string id = 1; }")["shop/v1.proto"]!;
  const apart = (item: string) => ({
    ...sources(""),
    "shop/v1.proto": text
      .replace(/message Item.*/, "")
      .replace("import", 'import "shop/item.proto";\nimport'),
    "shop/item.proto": `syntax = "proto3";\npackage shop.v1;\n${item}\n`,
  });
  const moved = await compile(apart("message Item { string id = 1; }"));
  expect(await pushed(moved, freshCache().cache)).toEqual(truth(one));
  const { cache, had } = freshCache();
  const changed = await compile(apart("message Item { string id = 1; string note = 2; }"));
  expect(await pushed(changed, cache)).toEqual(truth(changed));
  expect(had).toEqual([true]);
});
