import { headKey, packagesKey, subjectPrefix } from "../store/layout.js";
import { loadSettled, type Settled } from "../store/load-settled.js";
import { readSubject, type Subject, standing, type Version } from "../store/read-subject.js";
import { type PackagesRecord, readPackages } from "../store/records.js";
import type { Store } from "../store/store.js";

/** What a publish builds on, all as of one moment, with the indexes by which it notices that somebody else was faster. */
export interface PublishState extends Pick<Settled, "guards"> {
  /** `undefined` for a new one. */
  readonly subject: Subject | undefined;
  /** The versions that are not deleted, newest first. */
  readonly versions: readonly Version[];
  /** 0 where the key is absent, as compare-and-set wants it. */
  readonly headIndex: number;
  readonly packages: PackagesRecord;
  readonly packagesIndex: number;
}

/** In one request, if no blobs are being collected. */
export async function loadState(store: Store, name: string): Promise<PublishState> {
  const { found, guards } = await loadSettled(store, [subjectPrefix(name), packagesKey]);
  const [entries = [], [packages] = []] = found;
  const subject = readSubject(name, entries);
  return {
    subject,
    versions: subject === undefined ? [] : standing(subject).toReversed(),
    headIndex: entries.find(({ key }) => key === headKey(name))?.index ?? 0,
    packages: packages === undefined ? {} : readPackages(packages),
    packagesIndex: packages?.index ?? 0,
    guards,
  };
}
