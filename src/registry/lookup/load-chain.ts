import { loadBlobs } from "../blobs.js";
import { type OpenVersion, openPacks, type PackBlob } from "../pack/index.js";
import type { Registry } from "../registry.js";
import type { VersionRecord } from "../store/records.js";

/** A version's packs, and what is in them. */
export interface Chain {
  readonly packs: readonly PackBlob[];
  readonly open: OpenVersion;
}

/**
 * Opens a version: its files are listed and its symbols found, contents are inflated when they are asked for.
 * @throws Proto4Error "store-invalid" when a blob is missing or damaged
 */
export async function loadChain(registry: Registry, version: Pick<VersionRecord, "packs">): Promise<Chain> {
  const [packs = []] = await loadPacks(registry, [version]);
  return { packs, open: await openPacks(packs) };
}

/** The packs of several versions; those that they have in common are read once, and all in one request. */
export async function loadPacks(
  registry: Registry,
  versions: readonly Pick<VersionRecord, "packs">[],
): Promise<readonly (readonly PackBlob[])[]> {
  const digests = [...new Set(versions.flatMap(({ packs }) => packs))];
  const blobs = await loadBlobs(registry, digests);
  const known = new Map(digests.map((digest, place) => [digest, { digest, bytes: blobs[place]! }]));
  return versions.map(({ packs }) => packs.map((digest) => known.get(digest)!));
}
