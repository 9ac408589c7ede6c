import { join } from "../../blobs.js";
import { verifyPacks } from "../../pack/index.js";
import { blobKey } from "../../store/layout.js";
import type { Subject } from "../../store/read-subject.js";
import type { Store, StoreEntry } from "../../store/store.js";
import { findStray } from "./find-stray.js";
import { messageOf, type Problem } from "./problem.js";

/** Whether every pack is there, and whole. */
export async function checkBlobs(
  store: Store,
  subjects: readonly Subject[],
  there: ReadonlyMap<string, readonly string[]>,
  onProgress: (done: number, all: number) => void,
): Promise<readonly Problem[]> {
  const problems = new Map<string, Problem>();
  const chains = longestChains(subjects);
  for (const [done, { packs, names }] of chains.entries()) {
    onProgress(done, chains.length);
    for (const digest of packs)
      if (!there.has(digest)) problems.set(digest, broken(digest, "is missing", names));
    if (packs.some((digest) => problems.has(digest))) continue;
    const blobs = await Promise.all(
      packs.map(async (digest) => {
        const entries = await store.list(blobKey(digest));
        return { digest, entries, bytes: join(digest, entries) };
      }),
    );
    for (const { digest, entries, bytes } of blobs)
      if (bytes === undefined) problems.set(digest, unlike(digest, entries, names));
    if (blobs.some(({ bytes }) => bytes === undefined)) continue;
    const whole = blobs.map(({ digest, bytes }) => ({ digest, bytes: bytes! }));
    await verifyPacks(whole).catch((error) => {
      problems.set(packs.at(-1)!, {
        where: packs.at(-1)!,
        message: `${messageOf(error)}; needed by ${names}`,
      });
    });
  }
  return [...problems.values()];
}

/** Of chains of which one goes on where another ends, the longer: it holds the packs of both. */
function longestChains(subjects: readonly Subject[]) {
  const chains = new Map<string, { packs: readonly string[]; names: string }>();
  for (const { name, versions } of subjects)
    for (const { seq, packs } of versions) {
      if (packs.length === 0) continue;
      chains.delete(packs.slice(0, -1).join());
      chains.set(packs.join(), { packs, names: `${name}@${seq}` });
    }
  return [...chains.values()];
}

function unlike(digest: string, entries: readonly StoreEntry[], names: string): Problem {
  const stray = findStray(digest, entries);
  // Each goes by the index that it was read with, and as many as a transaction takes.
  if (stray === undefined || stray.length > mostStray)
    return broken(digest, "is not what its digest says", names);
  return {
    where: digest,
    message: `beside this blob, which ${names} needs, stand parts of another: --repair deletes them`,
    repair: stray.map(({ key, index }) => ({ verb: "delete", key, index })),
  };
}

function broken(digest: string, what: string, names: string): Problem {
  return {
    where: digest,
    message: `this blob ${what}, and ${names} needs it: "proto4 registry import" brings it back from an export`,
  };
}

const mostStray = 60;
