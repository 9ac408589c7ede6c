import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { noCache } from "../../../src/registry/blob-cache.js";
import { makeBlob, writeBlob } from "../../../src/registry/blobs.js";
import { checkRegistry, publish, type Registry } from "../../../src/registry/index.js";
import { openTestStore } from "../stores.js";
import { heavyImage } from "./heavy-image.js";
import { runKilled } from "./run-killed.js";

/** How many collections died by the signal, and where: some had deleted a part. */
export interface Killed {
  readonly killed: number;
  readonly halfway: number;
  readonly leftOpen: number;
}

/**
 * Kills a collection in each registry but the first at a random point, looks, and collects again. The dead ones' locks
 * go with their leases, so they are waited for together.
 * @throws Error with what is wrong
 */
export async function killCollections(addresses: readonly string[], random: () => number): Promise<Killed> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-kills-"));
  const env = { XDG_CACHE_HOME: join(folder, "cache") };
  const counts = { killed: 0, halfway: 0, leftOpen: 0 };
  let took = 0;
  try {
    for (const address of addresses) {
      await looking(address, fill);
      // The first one runs to its end, so that the others die while they are at work: the command takes time to begin.
      const delay = took === 0 ? undefined : took * (0.6 + random() * 0.45);
      const ended = await runKilled(argsOf(address), env, delay);
      if (ended.code === 0) took = ended.took;
      else if (ended.signal !== "SIGKILL") throw new Error(`it was not killed, it failed: ${ended.stderr}`);
      else counts.killed++;
      const state = await looking(address, look);
      if (state.garbage > 0 && state.garbage < garbageKeys) counts.halfway++;
      if (state.collecting) counts.leftOpen++;
    }
    for (const address of addresses) {
      await repeat(address, env);
      const { garbage, collecting } = await looking(address, look);
      if (garbage > 0 || collecting)
        throw new Error(`${address}: ${garbage} keys are left by the repetition`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return counts;
}

/** A version with a large blob, and much that nobody needs. */
async function fill(registry: Registry): Promise<void> {
  const at = new Date().toISOString();
  const request = { subject: "acme/heavy", sources: new Map(), by: "jo", at };
  await publish(registry, { ...request, image: heavyImage(1), id: "one" });
  for (let count = 0; count < garbageKeys; count++) {
    const bytes = new Uint8Array(20_000).fill(count % 251);
    bytes[0] = count >> 8;
    bytes[1] = count;
    await writeBlob(registry, makeBlob(bytes));
  }
}

async function look(registry: Registry): Promise<{ garbage: number; collecting: boolean }> {
  const problems = await checkRegistry(registry);
  // Its lease may have ended already.
  const told = problems.filter(({ where }) => where !== "proto4/v1/gc");
  if (told.length > 0) throw new Error(told.map(({ where, message }) => `${where}: ${message}`).join("\n"));
  const keys = await registry.store.keys("proto4/v1/blob/");
  const [gc] = await registry.store.list("proto4/v1/gc");
  const record = JSON.parse(new TextDecoder().decode(gc!.value));
  return { garbage: keys.filter((key) => !/\/\d{6}$/.test(key)).length, collecting: record.collecting };
}

/** Until the dead one's lease has ended, one is at work. */
async function repeat(address: string, env: Readonly<Record<string, string>>): Promise<void> {
  for (let waited = 0; waited < longestWait; waited += 1_000) {
    const { code, stderr } = await runKilled(argsOf(address), env);
    if (code === 0) return;
    if (!stderr.includes("another collector is at work")) throw new Error(stderr);
    await sleep(1_000);
  }
  throw new Error(`${address}: the dead collector's lock does not go`);
}

async function looking<T>(address: string, action: (registry: Registry) => Promise<T>): Promise<T> {
  const store = await openTestStore(address, Date.now);
  try {
    return await action({ store, cache: noCache });
  } finally {
    await store.close();
  }
}

function argsOf(address: string): readonly string[] {
  return ["registry", "gc", "--delete", "--store", address];
}

const garbageKeys = 300;
const longestWait = 60_000;
