import { loadPackages, type Packages } from "./packages.js";
import { gcKey, headKey, labelKey, versionKey } from "./store/layout.js";
import { lacksVersion } from "./store/read-subject.js";
import { readHead, readLabel, readVersion, type VersionRecord } from "./store/records.js";
import type { Store } from "./store/store.js";

/** What a publish builds on, with the indexes by which it notices that somebody else was faster. */
export interface PublishState {
  /** The version at the head; `undefined` for a new subject. */
  readonly last: VersionRecord | undefined;
  /** 0 where the key is absent, as compare-and-set wants it. */
  readonly headIndex: number;
  readonly gcIndex: number;
  readonly packages: Packages;
  /** Where the label of the publish stands now. */
  readonly labelled: number | undefined;
}

export async function loadState(
  store: Store,
  subject: string,
  label: string | undefined,
): Promise<PublishState> {
  const head = await store.get(headKey(subject));
  const gc = await store.get(gcKey);
  const labelEntry = label === undefined ? undefined : await store.get(labelKey(subject, label));
  return {
    last: head && (await loadVersionRecord(store, subject, readHead(head).seq)),
    headIndex: head?.index ?? 0,
    gcIndex: gc?.index ?? 0,
    packages: await loadPackages(store),
    labelled: labelEntry && readLabel(labelEntry).seq,
  };
}

async function loadVersionRecord(store: Store, subject: string, seq: number): Promise<VersionRecord> {
  const entry = await store.get(versionKey(subject, seq));
  if (entry !== undefined) return readVersion(entry);
  throw lacksVersion(subject, seq);
}
