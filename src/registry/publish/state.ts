import { Proto4Error } from "../../diagnostics/index.js";
import { headKey, packagesKey, subjectPrefix, versionKey } from "../store/layout.js";
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
  if (subject !== undefined) checkLast(subject);
  return {
    subject,
    versions: subject === undefined ? [] : standing(subject).toReversed(),
    headIndex: entries.find(({ key }) => key === headKey(name))?.index ?? 0,
    packages: packages === undefined ? {} : readPackages(packages),
    packagesIndex: packages?.index ?? 0,
    guards,
  };
}

/** Else whoever publishes would for ever find the next number taken, as if others were faster. */
function checkLast({ name, head, versions }: Subject): void {
  const last = versions.at(-1)!.seq;
  if (last <= head.seq) return;
  throw new Proto4Error(
    "store-invalid",
    `the store holds ${versionKey(name, last)}, but the head of ${name} stands at ${head.seq}: somebody else wrote one of them, or half of the store is from a backup; restore it whole`,
  );
}
