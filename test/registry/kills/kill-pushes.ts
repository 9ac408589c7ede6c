import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { noCache } from "../../../src/registry/blob-cache.js";
import { checkRegistry, findSubject, type Registry } from "../../../src/registry/index.js";
import { loadImage } from "../../../src/registry/lookup/load-images.js";
import { openTestStore } from "../stores.js";
import { heavyImage, writeHeavyImage } from "./heavy-image.js";
import { runKilled } from "./run-killed.js";

/** How many pushes died by the signal, and how many of those had published. */
export interface Killed {
  readonly killed: number;
  readonly published: number;
}

/**
 * Pushes versions one after the other, kills each push at a random point, looks, and pushes again.
 * @throws Error with what is wrong
 */
export async function killPushes(address: string, count: number, random: () => number): Promise<Killed> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-kills-"));
  const image = join(folder, "image.binpb");
  const args = ["registry", "push", image, "--subject", "acme/heavy", "--store", address];
  const env = { XDG_CACHE_HOME: join(folder, "cache") };
  let [killed, published, took] = [0, 0, 300];
  try {
    for (let seq = 1; seq <= count; seq++) {
      await writeHeavyImage(seq, image);
      const first = await runKilled(args, env, took * (0.3 + random() * 0.8));
      const last = await lookAtHead(address, seq - 1);
      if (first.signal === "SIGKILL") killed++;
      if (first.signal === "SIGKILL" && last === seq) published++;
      if (first.code === 0 && last !== seq)
        throw new Error(`version ${seq} was acknowledged, and is not there`);
      const again = await runKilled(args, env);
      if (again.code !== 0) throw new Error(`version ${seq} is not pushed again: ${again.stderr}`);
      // The next one is to die while it is at work, so by what the last whole one took.
      took = first.code === 0 ? first.took : last < seq ? again.took : took;
      if ((await lookAtHead(address, seq)) !== seq) throw new Error(`version ${seq} is there twice`);
    }
    await lookAtAll(address, count);
    // What the dead ones left behind is no problem, and goes.
    const collected = await runKilled(["registry", "gc", "--delete", "--store", address], env);
    if (collected.code !== 0) throw new Error(`what is left is not collected: ${collected.stderr}`);
    await lookAtAll(address, count);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return { killed, published };
}

/** @returns the number of the last version, `seq` or the one after, whole */
async function lookAtHead(address: string, seq: number): Promise<number> {
  return looking(address, async (registry) => {
    // What a first push has left is no subject.
    if (seq === 0 && (await registry.store.list("proto4/v1/subject/")).length === 0) return 0;
    const { head, versions } = await findSubject(registry.store, "acme/heavy");
    if (head.seq !== seq && head.seq !== seq + 1) throw new Error(`after version ${seq} stands ${head.seq}`);
    const seqs = versions.map((version) => version.seq).join();
    if (seqs !== Array.from({ length: head.seq }, (_, place) => place + 1).join())
      throw new Error(`up to ${head.seq} there are ${seqs}`);
    await compare(registry, versions.at(-1)!);
    return head.seq;
  });
}

async function lookAtAll(address: string, count: number): Promise<void> {
  await looking(address, async (registry) => {
    const { versions } = await findSubject(registry.store, "acme/heavy");
    if (versions.length !== count) throw new Error(`${versions.length} versions are there of ${count}`);
    for (const version of versions) await compare(registry, version);
    const problems = await checkRegistry(registry);
    if (problems.length > 0) throw new Error(`fsck tells of ${JSON.stringify(problems)}`);
  });
}

async function compare(
  registry: Registry,
  version: { readonly seq: number; readonly packs: readonly string[] },
): Promise<void> {
  const { files } = await loadImage(registry, version);
  const wanted = heavyImage(version.seq).files;
  const same =
    files.length === wanted.length && files.every(({ bytes }, at) => equal(bytes, wanted[at]!.bytes));
  if (!same) throw new Error(`version ${version.seq} is not what was pushed`);
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

async function looking<T>(address: string, action: (registry: Registry) => Promise<T>): Promise<T> {
  const store = await openTestStore(address, Date.now);
  try {
    return await action({ store, cache: noCache });
  } finally {
    await store.close();
  }
}
