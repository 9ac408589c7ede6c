import { headKey, subjectPrefix, versionKey } from "../store/layout.js";
import { loadExactly } from "../store/load-exactly.js";
import { loadSubject, standing } from "../store/read-subject.js";
import { type Head, readHead, readLabel, readVersion, type VersionRecord } from "../store/records.js";
import type { Store, StoreEntry } from "../store/store.js";
import { chunksOf, packagesOfAll } from "./each-subject.js";

/** A subject as a list shows it: what its last version builds on is not read. */
export interface ListedSubject {
  readonly subject: string;
  /** The last one that is not deleted; where all are, the last one. */
  readonly version: VersionRecord;
  /** Those that belong to the subject. */
  readonly packages: readonly string[];
  /** Those that stand at the version. */
  readonly labels: readonly string[];
}

/** Every subject, by name, some at a time. */
export async function* listSubjects(store: Store): AsyncIterable<ListedSubject> {
  const packages = await packagesOfAll(store);
  for (const names of chunksOf(Object.keys(packages).sort(), atOnce)) {
    const heads = await loadHeads(store, names);
    const versions = await loadLast(store, heads);
    for (const [place, { subject, labels }] of heads.entries()) {
      const version = versions[place]!;
      const standing = [...labels].filter(([, seq]) => seq === version.seq).map(([label]) => label);
      yield { subject, version, packages: packages[subject]!, labels: standing };
    }
  }
}

interface Headed {
  readonly subject: string;
  readonly head: Head;
  readonly labels: ReadonlyMap<string, number>;
}

async function loadHeads(store: Store, names: readonly string[]): Promise<readonly Headed[]> {
  const prefixes = names.flatMap((name) => [headKey(name), `${subjectPrefix(name)}label/`]);
  const found = await store.listAll(prefixes);
  return names.flatMap((subject, place) => {
    const head = found[2 * place]!.find(({ key }) => key === headKey(subject));
    const labels = new Map(found[2 * place + 1]!.map(readLabelled));
    return head === undefined ? [] : [{ subject, head: readHead(head), labels }];
  });
}

function readLabelled(entry: StoreEntry): readonly [label: string, seq: number] {
  return [entry.key.split("/").at(-1)!, readLabel(entry).seq];
}

/** In the order of the heads. What a head leads to is there as a rule; where it is deleted, the whole subject is read. */
async function loadLast(store: Store, heads: readonly Headed[]): Promise<readonly VersionRecord[]> {
  if (heads.length === 0) return [];
  const entries = await loadExactly(
    store,
    heads.map(({ subject, head }) => versionKey(subject, head.seq)),
  );
  const known = new Map(entries.map((entry) => [entry.key, readVersion(entry)]));
  const last: VersionRecord[] = [];
  for (const { subject, head } of heads) {
    const version = known.get(versionKey(subject, head.seq));
    last.push(version === undefined || version.deleted ? await lastOf(store, subject) : version);
  }
  return last;
}

/** @throws Proto4Error "store-invalid" for a head without its version */
async function lastOf(store: Store, name: string): Promise<VersionRecord> {
  const subject = (await loadSubject(store, name))!;
  return standing(subject).at(-1) ?? subject.versions.at(-1)!;
}

/** Two prefixes each, of the 64 that a store takes at once. */
const atOnce = 32;
