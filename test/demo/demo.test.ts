import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const shop = join(import.meta.dirname, "../../fixtures/shop");
/** Milliseconds; alone on a machine the demo takes a quarter of a minute. */
const patience = 180_000;
const copies: string[] = [];

afterAll(() => Promise.all(copies.map((copy) => rm(copy, { recursive: true, force: true }))));

test.concurrent(
  "the demo keeps every promise that it makes",
  async () => {
    const { stdout } = await runDemo(shop);
    expect(stdout).toMatch(/^9 {2}Drift$/m);
    expect(stdout.trimEnd()).toMatch(/Everything was as promised\.$/);
  },
  patience,
);

test.concurrent(
  "a promise that is not kept ends the demo with an error",
  async () => {
    const copy = await copyShop('adaInV4 = {\n  name: "ada"', 'adaInV4 = {\n  name: "eve"');
    await expect(runDemo(copy)).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining("v4, protobuf-es on gRPC did not get what was promised"),
    });
  },
  patience,
);

/** A copy of the shop inside this package, so that its demo finds proto4, that promises something else. */
async function copyShop(promised: string, instead: string): Promise<string> {
  const cache = join(import.meta.dirname, "../../.cache");
  await mkdir(cache, { recursive: true });
  const copy = await mkdtemp(join(cache, "shop-"));
  copies.push(copy);
  await cp(shop, copy, { recursive: true });
  const script = join(copy, "demo/promised.mjs");
  const text = await readFile(script, "utf8");
  expect(text).toContain(promised);
  await writeFile(script, text.replace(promised, instead));
  return copy;
}

function runDemo(folder: string): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, [join(folder, "demo/run.mjs")], { timeout: patience });
}
