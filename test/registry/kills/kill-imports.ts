import { noCache } from "../../../src/registry/blob-cache.js";
import { checkRegistry, exportRegistry, findSubject, publish } from "../../../src/registry/index.js";
import { loadImage } from "../../../src/registry/lookup/load-images.js";
import { actor } from "../actor.js";
import { allSubjects, openTestStore } from "../stores.js";
import { heavyImage } from "./heavy-image.js";
import { runKilled } from "./run-killed.js";

/** How many versions the export has: each takes several parts of a blob. */
const heavyVersions = 4;
const subject = "acme/heavy";

/** Publishes heavy versions, and exports them. */
export async function exportHeavy(out: string): Promise<void> {
  const store = await openTestStore(`memory:${out}`);
  const registry = { store, cache: noCache };
  for (let seq = 1; seq <= heavyVersions; seq++)
    await publish(registry, {
      subject,
      image: heavyImage(seq),
      sources: new Map(),
      label: `v${seq}`,
      ...actor(),
    });
  await exportRegistry(registry, out);
  await store.close();
}

/** How many imports died by the signal, and how many of those had imported some of the versions and not all. */
export interface KilledImports {
  readonly killed: number;
  readonly parted: number;
}

/**
 * Imports into one store after the other, kills each import at a random point, looks, and imports again.
 * @throws Error with what is wrong
 */
export async function killImports(
  out: string,
  fresh: () => string,
  count: number,
  random: () => number,
  cache: string,
): Promise<KilledImports> {
  let [killed, parted, took] = [0, 0, 700];
  const env = { XDG_CACHE_HOME: cache };
  for (let left = count; left > 0; left--) {
    const address = fresh();
    const args = ["registry", "import", out, "--store", address];
    const first = await runKilled(args, env, took * (0.3 + random() * 0.7));
    const there = await lookAt(address);
    if (first.signal === "SIGKILL") killed++;
    if (there > 0 && there < heavyVersions) parted++;
    if (first.code === 0 && there !== heavyVersions)
      throw new Error(`${there} versions came of a whole import`);
    const again = await runKilled(args, env);
    if (again.code !== 0) throw new Error(`it is not imported again: ${again.stderr}`);
    if ((await lookAt(address)) !== heavyVersions) throw new Error("the repetition did not complete it");
    // The next one is to die while it is at work.
    took = first.code === 0 ? first.took : there === 0 ? again.took : took;
  }
  return { killed, parted };
}

/** @returns how many versions are there, each of them whole */
async function lookAt(address: string): Promise<number> {
  const store = await openTestStore(address, Date.now);
  try {
    const problems = await checkRegistry({ store });
    if (problems.length > 0) throw new Error(`fsck tells of ${JSON.stringify(problems)}`);
    if ((await allSubjects(store)).length === 0) return 0;
    const { versions, labels } = await findSubject(store, subject);
    for (const [place, version] of versions.entries()) {
      if (version.seq !== place + 1) throw new Error(`in place ${place + 1} stands ${version.seq}`);
      if (labels.get(`v${version.seq}`) !== version.seq) throw new Error(`${version.seq} has lost its label`);
      const { files } = await loadImage({ store, cache: noCache }, version);
      const wanted = heavyImage(version.seq).files;
      const same = files.every(({ bytes }, at) => Buffer.compare(bytes, wanted[at]!.bytes) === 0);
      if (files.length !== wanted.length || !same) throw new Error(`${version.seq} is not what was exported`);
    }
    return versions.length;
  } finally {
    await store.close();
  }
}
