import type { Image } from "../../image/index.js";
import { contractNotes, fingerprints, forgottenContracts, recallContract } from "../../schema/index.js";
import type { BlobCache, NoteCache } from "../blob-cache.js";
import type { Contract } from "../store/records.js";
import type { Last } from "./last-version.js";

/**
 * The contracts of an image, by package, with the fingerprints. What no change reaches is taken over from the version
 * before; of the rest, notes in the cache tell what did not change itself, so that it need not be read.
 */
export async function takeContracts(
  { notes }: BlobCache,
  image: Image,
  packages: readonly string[],
  before: Last | undefined,
): Promise<readonly Contract[]> {
  const elder = new Map(before?.version.contracts.map((each) => [each.package, each.fingerprint]));
  if (before !== undefined) await recall(notes, image, before);
  const found = fingerprints(image, packages, before && { image: before.image, fingerprints: elder });
  const fresh = [...found.keys()].filter((name) => found.get(name) !== elder.get(name));
  for (const [name, text] of contractNotes(image, fresh)) await notes.put(found.get(name)!, text);
  return [...found]
    .map(([name, fingerprint]) => ({ package: name, fingerprint }))
    .sort((a, b) => (a.package < b.package ? -1 : 1));
}

async function recall(
  notes: NoteCache,
  image: Image,
  { version, image: before, chain }: Last,
): Promise<void> {
  const forgotten = new Set(forgottenContracts(image, before));
  for (const contract of version.contracts) {
    if (!forgotten.has(contract.package)) continue;
    const text = await notes.get(contract.fingerprint);
    if (text !== undefined) recallContract(before, contract, text, (name) => chain.open.find(name)?.path);
  }
}
