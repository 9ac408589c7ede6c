import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { folderCache, sha256 } from "../../src/registry/blob-cache.js";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proto4-room-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const blobs = Array.from({ length: 120 }, (_, number) => Buffer.alloc(10_000, `blob ${number}`));

async function sizeOf(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(files.map(async (each) => (await stat(join(each.path, each.name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

test("a cache folder stays about as large as it may be, and what was used last stays", async () => {
  const most = 200_000;
  const cache = folderCache(folder, { now: Date.now, most });
  const often = sha256(blobs[0]!);
  for (const bytes of blobs) {
    await cache.put(sha256(bytes), bytes);
    expect(await cache.get(often)).toBeDefined();
  }
  const size = await sizeOf(folder);
  expect(size).toBeLessThan(1.5 * most);
  expect(size).toBeGreaterThan(most / 2);
  expect(await cache.get(sha256(blobs.at(-1)!))).toBeDefined();
  expect(await cache.get(sha256(blobs[1]!))).toBeUndefined();
});

test("notes count, too", async () => {
  const cache = folderCache(folder, { now: Date.now, most: 200_000 });
  for (const bytes of blobs) await cache.notes.put(sha256(bytes), bytes.toString());
  expect(await sizeOf(folder)).toBeLessThan(300_000);
  expect(await cache.notes.get(sha256(blobs.at(-1)!))).toBe(blobs.at(-1)!.toString());
});

test("what a killed process left half written goes in its turn, what is somebody else's stays", async () => {
  const digest = sha256("left");
  const half = join(folder, digest.slice(0, 2), `${digest}.6f0b8a3c-2d8e-4c55-9d4c-0f6d3c1f2a11`);
  const foreign = join(folder, "thesis.txt");
  await mkdir(join(folder, digest.slice(0, 2)));
  for (const path of [half, foreign]) {
    await writeFile(path, "x".repeat(50_000));
    await utimes(path, 1, 1);
  }
  const cache = folderCache(folder, { now: Date.now, most: 100_000 });
  for (const bytes of blobs) await cache.put(sha256(bytes), bytes);
  await expect(stat(half)).rejects.toThrow();
  expect((await stat(foreign)).size).toBe(50_000);
});

test("a folder that cannot be read or written only forgets", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  const cache = folderCache(join(file, "inside"), { now: Date.now, most: 1_000 });
  for (const bytes of blobs.slice(0, 9)) await cache.put(sha256(bytes), bytes);
  expect(await cache.get(sha256(blobs[0]!))).toBeUndefined();
});
