import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const shop = join(root, "fixtures/shop");
let dir: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "proto4-golden-"));
  for (const name of ["buf.yaml", "proto"]) await cp(join(shop, name), join(dir, name), { recursive: true });
  await cp(join(root, "proto/proto4/options.proto"), join(dir, "proto/proto4/options.proto"));
  const template = await readFile(join(shop, "buf.gen.yaml"), "utf8");
  const built = JSON.stringify(join(root, "dist/plugins/protoc-gen-proto4.js"));
  await writeFile(join(dir, "buf.gen.yaml"), template.replace("protoc-gen-proto4", built));
  await promisify(execFile)(join(root, "node_modules/.bin/buf"), ["generate"], { cwd: dir });
});

afterAll(() => rm(dir, { recursive: true, force: true }));

// Tests import what is generated: it is kept, and `npm run goldens` brings it up to date.
test("the shop's generated code is what the plug-in makes of its contract", async () => {
  const made = await listFiles(join(dir, "gen"));
  for (const path of made)
    await expect(await readFile(join(dir, "gen", path), "utf8")).toMatchFileSnapshot(join(shop, "gen", path));
  const leftOver = (await listFiles(join(shop, "gen"))).filter((path) => !made.includes(path));
  expect(leftOver).toEqual([]);
});

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
