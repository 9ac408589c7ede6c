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
  const bytes = await loadBlobs(registry, version.packs);
  const packs = version.packs.map((digest, place) => ({ digest, bytes: bytes[place]! }));
  return { packs, open: await openPacks(packs) };
}
