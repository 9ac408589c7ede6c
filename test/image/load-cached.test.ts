import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { loadImage } from "../../src/image/index.js";
import { proto4 } from "../cli/proto4.js";
import { buf } from "../setup/sources.js";

let cwd: string;
let cacheFolder: string;

beforeAll(async () => {
  cacheFolder = await mkdtemp(join(tmpdir(), "proto4-cache-"));
  cwd = await mkdtemp(join(tmpdir(), "proto4-sources-"));
  await write("a.proto", 'import "b.proto"; message A { B b = 1; }');
  await write("b.proto", 'import "google/protobuf/any.proto"; message B { google.protobuf.Any any = 1; }');
  await write("c.proto", "message C {}");
});

afterAll(() => Promise.all([cwd, cacheFolder].map((path) => rm(path, { recursive: true, force: true }))));

function write(path: string, body: string): Promise<void> {
  return writeFile(join(cwd, path), `syntax = "proto3"; package p; ${body}`);
}

/** What buf makes of the sources now, and what comes with the cache. */
async function both() {
  const [plain, cached] = [await loadImage(".", { cwd }), await loadImage(".", { cwd, cacheFolder })];
  const told = ({ files }: typeof plain) =>
    files.map(({ path, isImport, bytes }) => [path, isImport, Buffer.from(bytes).toString("base64")]).sort();
  return { plain: told(plain), cached: told(cached) };
}

async function packs(): Promise<readonly string[]> {
  const entries = await readdir(cacheFolder, { recursive: true });
  return entries.filter((entry) => entry.endsWith(".pack")).map((entry) => join(cacheFolder, entry));
}

test("with an empty cache, a full one, and after an edit, the image is what buf makes of the sources", async () => {
  for (const edit of [undefined, undefined, "message C { int32 added = 1; }"]) {
    if (edit !== undefined) await write("c.proto", edit);
    const { plain, cached } = await both();
    expect(cached).toEqual(plain);
  }
});

test("only what changed, and what imports it, is compiled and kept again", async () => {
  const before = new Set(await packs());
  await write("c.proto", "message C { int64 added = 1; }");
  const { plain, cached } = await both();
  expect(cached).toEqual(plain);
  const [added = ""] = (await packs()).filter((pack) => !before.has(pack));
  const text = await readFile(added, "latin1");
  expect(text).toContain('"c.proto"');
  expect(text).not.toContain('"a.proto"');
});

test("a file whose source stays is compiled again when what it imports becomes another kind of type", async () => {
  await write("b.proto", "enum B { ZERO = 0; }");
  const { plain, cached } = await both();
  expect(cached).toEqual(plain);
});

test("a file that is gone is gone, and one that comes is seen", async () => {
  await rm(join(cwd, "c.proto"));
  await write("d.proto", 'import "a.proto"; message D { A a = 1; }');
  const { plain, cached } = await both();
  expect(cached).toEqual(plain);
  expect(cached.map(([path]) => path)).toEqual(["a.proto", "b.proto", "d.proto"]);
});

test("a damaged entry is noticed, and built again", async () => {
  for (const pack of await packs()) {
    const bytes = await readFile(pack);
    bytes[bytes.length - 3]! ^= 1;
    await writeFile(pack, bytes);
  }
  const { plain, cached } = await both();
  expect(cached).toEqual(plain);
});

test("a name that a new file takes from another one is complained of, though neither imports the other", async () => {
  await write("e.proto", "message D {}");
  await expect(loadImage(".", { cwd, cacheFolder })).rejects.toMatchObject({
    code: "compile-failed",
    message: expect.stringContaining("`D` declared multiple times"),
  });
  await write("e.proto", "enum E { D = 0; }");
  await expect(loadImage(".", { cwd, cacheFolder })).rejects.toMatchObject({ code: "compile-failed" });
  await write("d.proto", "message D { message E {} }");
  await writeFile(join(cwd, "e.proto"), 'syntax = "proto3"; package p.D; message F {}');
  await loadImage(".", { cwd, cacheFolder });
  await writeFile(join(cwd, "e.proto"), 'syntax = "proto3"; package p.D; message E {}');
  await expect(loadImage(".", { cwd, cacheFolder })).rejects.toMatchObject({ code: "compile-failed" });
  await rm(join(cwd, "e.proto"));
});

test("processes that fill one cache at once, and find it damaged, all see what buf makes of the sources", async () => {
  const check = () => proto4(cwd, "check", ".", "--against", "before.binpb", "--format", "json");
  await write("d.proto", "message D { int32 d = 1; }");
  await buf(cwd, "build", "-o", "before.binpb");
  await write("d.proto", "message D { string d = 1; }");
  process.env.XDG_CACHE_HOME = cacheFolder;
  onTestFinished(() => void delete process.env.XDG_CACHE_HOME);
  const expected = await check();
  expect(expected).toMatchObject({ code: 100, stdout: expect.stringContaining("FIELD_SAME_TYPE") });
  for (const prepare of [removeAll, damageAll, async () => {}]) {
    await prepare();
    const outcomes = await Promise.all(Array.from({ length: 6 }, check));
    for (const outcome of outcomes) expect(outcome).toEqual(expected);
  }
});

async function removeAll(): Promise<void> {
  for (const pack of await packs()) await rm(pack);
}

async function damageAll(): Promise<void> {
  for (const pack of await packs()) await writeFile(pack, "damaged");
}
