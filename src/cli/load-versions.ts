import { type Baseline, imageSide } from "../gate/index.js";
import {
  findVersions,
  loadImages,
  loadSources,
  type NamedVersion,
  nameOf,
  parseVersionsRef,
  type Registry,
  type VersionsRef,
} from "../registry/index.js";
import { type StoreFlags, using } from "./with-store.js";

/**
 * The versions that a registry has under each reference, newest first: `OWNER/NAME[@VERSION|@LABEL|@last:N]`. Subjects
 * are read in one request, and what of their packs is not at hand in another.
 * @param only paths that they are limited to
 * @throws Proto4Error "subject-invalid", "subject-missing", and as the store does
 */
export async function loadVersions(
  refs: readonly (string | VersionsRef)[],
  flags: StoreFlags,
  only: ReadonlySet<string> | undefined,
): Promise<readonly (readonly Baseline[])[]> {
  const wanted = refs.map((ref) => (typeof ref === "string" ? parseVersionsRef(ref) : ref));
  let loaded: readonly (readonly Baseline[])[] = [];
  await using(flags, false, async (registry) => {
    const groups = await findVersions(registry.store, wanted);
    const baselines = (await toBaselines(registry, groups.flat(), flags, only)).values();
    loaded = groups.map((group) => group.map(() => baselines.next().value!));
  });
  return loaded;
}

async function toBaselines(
  registry: Registry,
  versions: readonly NamedVersion[],
  flags: StoreFlags,
  only: ReadonlySet<string> | undefined,
): Promise<readonly Baseline[]> {
  const images = await loadImages(
    registry,
    versions.map(({ version }) => version),
  );
  return versions.map((named, place) => {
    const name = nameOf(named);
    return {
      name,
      date: named.version.at.slice(0, 10),
      side: imageSide(name, images[place]!, only),
      loadSources: () => sourcesOf(named, flags),
    };
  });
}

/** Read when something is found only: until then nobody looks at them. */
async function sourcesOf({ version }: NamedVersion, flags: StoreFlags): Promise<ReadonlyMap<string, string>> {
  let sources: ReadonlyMap<string, string> = new Map();
  const read = async (registry: Registry): Promise<void> => {
    sources = await loadSources(registry, version);
  };
  await using(flags, false, read, true);
  return sources;
}
