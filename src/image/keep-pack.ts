import { mergedLayout } from "./assemble.js";
import {
  type KeptPack,
  makePack,
  type Pack,
  type PackedSlice,
  removePacks,
  writePack,
} from "./slice-pack.js";

/**
 * Small packs come with every change; when there are many, one takes their place: of all that is in them, which many
 * baselines may need by turns, or where that has grown out of proportion, of what is in use.
 * @param used what an image was put together of; `undefined` where `pack` has all of it
 */
export async function keepPack(
  folder: string,
  packs: readonly KeptPack[],
  pack: Pack,
  used: readonly PackedSlice[] | undefined,
): Promise<void> {
  try {
    const crowded = packs.length >= MOST_PACKS;
    const merged = crowded && used !== undefined ? mergePacks([...packs, pack], used) : pack;
    await writePack(folder, merged);
    if (crowded) await removePacks(folder, packs);
  } catch {
    // A cache that cannot be written, on a full disk or in a sealed home, only costs time.
  }
}

function mergePacks(packs: readonly Pack[], used: readonly PackedSlice[]): Pack {
  const all = [
    ...new Map(packs.flatMap(({ slices }) => slices.map((packed) => [packed.key, packed]))).values(),
  ];
  const isLarge = sizeOf(all) > Math.max(MOST_TIMES * sizeOf(used), FEW_BYTES);
  return makePack(isLarge ? used : all, mergedLayout(packs));
}

function sizeOf(slices: readonly PackedSlice[]): number {
  return slices.reduce((sum, { slice }) => sum + slice.bytes.length, 0);
}

const MOST_PACKS = 8;

/** A pack of several times what is in use is thrown away, unless it is small anyhow. */
const MOST_TIMES = 3;
const FEW_BYTES = 16_000_000;
