import { type Baseline, imageSide } from "../gate/index.js";
import { findSubject, loadVersion, type Store, type VersionRecord } from "../registry/index.js";
import { type StoreFlags, using } from "./with-store.js";

/**
 * The last versions that a registry has of a subject, newest first.
 * @param only paths that they are limited to
 * @throws Proto4Error "subject-missing", and as the store does
 */
export async function loadVersions(
  name: string,
  count: number,
  flags: StoreFlags,
  only: ReadonlySet<string> | undefined,
): Promise<readonly Baseline[]> {
  const loaded: Baseline[] = [];
  await using(flags, false, async (store) => {
    const { versions } = await findSubject(store, name);
    for (const version of versions.toReversed().slice(0, count))
      loaded.push(await load(store, name, version, only));
  });
  return loaded;
}

async function load(
  store: Store,
  subject: string,
  version: VersionRecord,
  only: ReadonlySet<string> | undefined,
): Promise<Baseline> {
  const name = `${subject}@${version.seq}`;
  const side = imageSide(name, await loadVersion(store, subject, version), only);
  return { name, date: version.at.slice(0, 10), side };
}
