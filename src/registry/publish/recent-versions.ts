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

/** A version that was read or published through this registry a short time ago. */
export function recallVersion(
  registry: Registry,
  { packs }: Pick<VersionRecord, "packs">,
): RecentVersion | undefined {
  return recent.get(registry)?.get(keyOf(packs));
}

/**
 * Keeps a version for the next publish: a server publishes to the same subjects again and again. The eldest are
 * forgotten where all together become large.
 */
export function rememberVersion(registry: Registry, version: RecentVersion): void {
  const versions = recent.get(registry) ?? new Map<string, RecentVersion>();
  recent.set(registry, versions);
  const key = keyOf(version.packs.map(({ digest }) => digest));
  // A map has its keys in the order in which they came.
  versions.delete(key);
  versions.set(key, version);
  let size = [...versions.values()].reduce((sum, each) => sum + sizeOf(each), 0);
  for (const [eldest, each] of versions) {
    if (size <= mostBytes || eldest === key) return;
    versions.delete(eldest);
    size -= sizeOf(each);
  }
}

/** The last pack alone says less: it may follow two chains that lead to the same files. */
function keyOf(packs: readonly string[]): string {
  return packs.join(" ");
}

function sizeOf({ image, packs }: RecentVersion): number {
  const files = image.files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  return packs.reduce((sum, { bytes }) => sum + bytes.length, files);
}

/** As long as somebody has the registry. */
const recent = new WeakMap<Registry, Map<string, RecentVersion>>();

/** Of descriptors and packs; one version is kept however large it is. */
const mostBytes = 64_000_000;
