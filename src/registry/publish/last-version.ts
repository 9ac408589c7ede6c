import type { Image } from "../../image/index.js";
import { type Chain, loadChain } from "../lookup/load-chain.js";
import { type DraftList, listFiles, openPacks, type PackBlob, sliceKey } from "../pack/index.js";
import type { Registry } from "../registry.js";
import type { Version } from "../store/read-subject.js";
import { recallVersion, rememberVersion } from "./recent-versions.js";
import type { PublishRequest } from "./request.js";
import type { PublishState } from "./state.js";

/** The version that a new one follows, before its files are read. */
export interface OpenLast {
  readonly version: Version;
  readonly chain: Chain;
  /** Where it is at hand. */
  readonly image: Image | undefined;
}

export interface Last extends OpenLast {
  readonly image: Image;
}

/** @returns `undefined` where there is none that is not deleted */
export async function openLast(
  registry: Registry,
  subject: string,
  { versions }: PublishState,
): Promise<OpenLast | undefined> {
  const [version] = versions;
  if (version === undefined) return undefined;
  const recent = recallVersion(registry, subject, version);
  const chain = await (recent === undefined ? loadChain(registry, version) : openAgain(recent.packs));
  return { version, chain, image: recent?.image };
}

/**
 * Reads the files that the request has not: the others are the same to the byte, as their digests tell, so most of a
 * version need not even be inflated.
 */
export async function readLast(
  registry: Registry,
  subject: string,
  { version, chain, image }: OpenLast,
  list: DraftList,
): Promise<Last> {
  if (image !== undefined) return { version, chain, image };
  const same = new Map(list.files.map((file) => [sliceKey(file), file.slice]));
  const read = await chain.open.image(same);
  rememberVersion(registry, subject, { packs: chain.packs, image: read });
  return { version, chain, image: read };
}

async function openAgain(packs: readonly PackBlob[]): Promise<Chain> {
  return { packs, open: await openPacks(packs) };
}

/** The files of a request with their digests; what equals the last version's is known by the list's. */
export function listRequest({ image, sources }: PublishRequest, last: OpenLast | undefined): DraftList {
  const files = image.files.map((slice) => ({ slice, source: sources.get(slice.path) }));
  return listFiles(files, last?.chain.open);
}

/**
 * The image of a request, with the slices of the last version where these are the same: who compares them sees that at
 * once, and of the request's own bytes those that changed are kept.
 */
export function shareSlices({ image }: PublishRequest, list: DraftList, last: Last | undefined): Image {
  if (last === undefined) return image;
  const slices = new Map(
    last.image.files.map((slice, place) => [sliceKey(last.chain.open.files[place]!), slice]),
  );
  return { files: list.files.map((file) => slices.get(sliceKey(file)) ?? file.slice) };
}
