import { makeBlob } from "./blobs.js";
import type { Chain } from "./lookup/load-chain.js";
import { type DraftList, type PackBlob, packBase, packDelta, shouldRebase } from "./pack/index.js";

/**
 * Packs a version after the one before: what changed, or everything where there is none, or its chain became long.
 * @returns the packs of the version, of which the last one is new
 */
export async function packNext(list: DraftList, before: Chain | undefined): Promise<readonly PackBlob[]> {
  const packs = before?.packs ?? [];
  if (before === undefined || shouldRebase(packs.map(({ bytes }) => bytes.length)))
    return [makeBlob((await packBase(list)).bytes)];
  return [...packs, makeBlob((await packDelta(before.open, list)).bytes)];
}
