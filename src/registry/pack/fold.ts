import { damaged } from "./damaged.js";
import { digestOfList, noFiles } from "./list-files.js";
import type { OpenPack, PlacedFile } from "./open-pack.js";
import { followRuns } from "./order.js";

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
  const list = followRuns(header.order, [...before, ...files]);
  if (list === undefined) throw damaged(blob, "its order names files that are not there, or one twice");
  const paths = new Set<string>();
  let fresh = 0;
  for (const file of list) {
    paths.add(file.path);
    if (file.pack === pack) fresh++;
  }
  if (paths.size !== list.length) throw damaged(blob, "it has a file twice");
  if (fresh !== files.length) throw damaged(blob, "its order leaves out a file of its own");
  return list;
}
