import type { Image } from "../../image/index.js";
import type { PackBlob } from "../pack/index.js";
import type { Registry } from "../registry.js";
import type { VersionRecord } from "../store/records.js";

/** A version as whoever publishes on top of it needs it. */
export interface RecentVersion {
  readonly packs: readonly PackBlob[];
  /** The very object: what was learnt of an image's contracts is remembered with it. */
  readonly image: Image;
}

/** The version, if it is the last one of the subject that was read or published through this registry. */
export function recallVersion(
  registry: Registry,
  subject: string,
  { packs }: Pick<VersionRecord, "packs">,
): RecentVersion | undefined {
  const known = recent.get(registry)?.get(subject);
  // The last pack alone says less: it may follow two chains that lead to the same files.
  const same =
    known?.packs.length === packs.length && known.packs.every(({ digest }, at) => digest === packs[at]);
  return same ? known : undefined;
}

/**
 * Keeps a version for the next publish to its subject: a server publishes to the same ones again and again. Subjects of
 * long ago are forgotten where all together become large.
 */
export function rememberVersion(registry: Registry, subject: string, version: RecentVersion): void {
  const versions = recent.get(registry) ?? new Map<string, RecentVersion>();
  recent.set(registry, versions);
  // A map has its keys in the order in which they came.
  versions.delete(subject);
  versions.set(subject, version);
  let size = [...versions.values()].reduce((sum, each) => sum + sizeOf(each), 0);
  for (const [eldest, each] of versions) {
    if (size <= mostBytes || eldest === subject) return;
    versions.delete(eldest);
    size -= sizeOf(each);
  }
}

function sizeOf({ image, packs }: RecentVersion): number {
  const files = image.files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return packs.reduce((sum, { bytes }) => sum + bytes.length, files);
}

/** By subject, as long as somebody has the registry. */
const recent = new WeakMap<Registry, Map<string, RecentVersion>>();

/** Of descriptors and packs; one version is kept however large it is. */
const mostBytes = 64_000_000;
