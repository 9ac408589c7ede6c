import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../setup/source-files.js";
import { openTestStore } from "./stores.js";

const folder = mkdtempSync(join(tmpdir(), "proto4-lmdb-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Counts up by compare-and-set, as `npm test` has built the store; prints how often another was quicker. */
const counting = `
  import { openStore } from ${JSON.stringify(`file://${join(root, "dist/src/registry/store/index.js")}`)};
  const [address, times] = process.argv.slice(1);
  const store = await openStore(address, { now: Date.now, create: true });
  let overtaken = 0;
  for (let done = 0; done < Number(times); ) {
    const entry = await store.get("count");
    await new Promise(setImmediate);
    const value = new Uint32Array([new DataView(entry.value.buffer).getUint32(0, true) + 1]);
    const write = { verb: "compare-and-set", key: "count", value: new Uint8Array(value.buffer), index: entry.index };
    if (await store.transact([write])) done++;
    else overtaken++;
  }
  console.log(overtaken);
  await store.close();
`;

test("two processes that count in one file lose no update", { timeout: 60_000 }, async () => {
  const address = `lmdb:${join(folder, "count.lmdb")}`;
  const store = await openTestStore(address);
  await store.transact([{ verb: "set", key: "count", value: new Uint8Array(4) }]);
  const overtaken = await Promise.all([run(address, 300), run(address, 300)]);
  const { value } = (await store.get("count"))!;
  expect(new DataView(value.buffer).getUint32(0, true)).toBe(600);
  // They did meet, or nothing was tried.
  expect(overtaken[0]! + overtaken[1]!).toBeGreaterThan(0);
  await store.close();
});

async function run(address: string, times: number): Promise<number> {
  const args = ["--input-type=module", "--eval", counting, address, String(times)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  expect((await once(child, "close"))[0]).toBe(0);
  return Number(said);
}
