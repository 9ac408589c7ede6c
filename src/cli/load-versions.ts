import { type Baseline, imageSide } from "../gate/index.js";
import { findSubject, loadImages, nameOf, type Registry, standing, type Version } from "../registry/index.js";
import { type StoreFlags, using } from "./with-store.js";

/**
 * The last versions that a registry has of a subject, newest first.
 * @param only paths that they are limited to
 * @throws Proto4Error "subject-missing", and as the store does
 */
export async function loadVersions(
  subject: string,
  count: number,
  flags: StoreFlags,
  only: ReadonlySet<string> | undefined,
): Promise<readonly Baseline[]> {
  let loaded: readonly Baseline[] = [];
  await using(flags, false, async (registry) => {
    const versions = standing(await findSubject(registry.store, subject, "consistent"));
    loaded = await loadBaselines(registry, subject, versions.toReversed().slice(0, count), only);
  });
  return loaded;
}

/** Versions to compare with, in the order given. */
export async function loadBaselines(
  registry: Registry,
  subject: string,
  versions: readonly Version[],
  only: ReadonlySet<string> | undefined,
): Promise<readonly Baseline[]> {
  const images = await loadImages(registry, versions);
  return versions.map((version, place) => {
    const name = nameOf({ subject, version });
    return { name, date: version.at.slice(0, 10), side: imageSide(name, images[place]!, only) };
  });
}
