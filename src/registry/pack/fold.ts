import { damaged } from "./damaged.js";
import { digestOfList, type ListedFile, noFiles } from "./list-files.js";
import type { OpenPack } from "./open-pack.js";
import { followRuns } from "./order.js";

/** A file of a version, and where it lies. */
export interface PlacedFile extends ListedFile {
  /** Number of the pack in the chain, and of the file in the pack. */
  readonly pack: number;
  readonly number: number;
}

/**
 * The files of the last version of a chain, in order.
 * @throws Proto4Error "store-invalid" when a pack does not follow the one before it
 */
export function foldPacks(packs: readonly OpenPack[]): readonly PlacedFile[] {
  let files: readonly PlacedFile[] = [];
  let digest = noFiles.digest;
  for (const [pack, opened] of packs.entries()) {
    const { header, blob } = opened;
    if (header.before !== files.length || header.beforeDigest !== digest)
      throw damaged(blob, "it does not follow what comes before it");
    files = follow(files, opened, pack);
    digest = header.digest;
  }
  const last = packs.at(-1);
  if (last !== undefined && digestOfList(files) !== digest)
    throw damaged(last.blob, "the files of its chain are not those that it lists");
  return files;
}

function follow(before: readonly PlacedFile[], { files, header, blob }: OpenPack, pack: number) {
  const fresh = files.map((file, number) => ({ ...file, pack, number }));
  const list = followRuns(header.order, [...before, ...fresh]);
  if (list === undefined) throw damaged(blob, "its order names files that are not there, or one twice");
  if (new Set(list.map(({ path }) => path)).size !== list.length)
    throw damaged(blob, "it leaves a file in place that it replaces");
  if (list.reduce((sum, file) => sum + (file.pack === pack ? 1 : 0), 0) !== fresh.length)
    throw damaged(blob, "its order leaves out a file of its own");
  return list;
}
