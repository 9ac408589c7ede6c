import { Proto4Error } from "../../diagnostics/index.js";
import { sliceImage } from "../../image/index.js";
import { type Actor, auditSteps } from "../audit.js";
import { noCache } from "../blob-cache.js";
import { writeBlob } from "../blobs.js";
import { placeGone } from "../gone.js";
import { loadChain } from "../lookup/load-chain.js";
import { listFiles, type PackFile } from "../pack/index.js";
import { packNext } from "../pack-next.js";
import { changedPaths } from "../publish/changed-paths.js";
import { contractChanges } from "../publish/contract-changes.js";
import { findGone } from "../publish/find-gone.js";
import { gcKey, layoutKey, packagesKey, revKey, subjectsPrefix } from "../store/layout.js";
import { withChanges } from "../store/read-subject.js";
import {
  type Contract,
  encodeRecord,
  type PackagesRecord,
  readVersion,
  type VersionRecord,
} from "../store/records.js";
import type { Store, StoreEntry, StoreOperation } from "../store/store.js";
import {
  type ElderVersion,
  loadElderBlob,
  loadElderFiles,
  loadElderPackages,
  readElderVersion,
} from "./elder-layout.js";

/** What a migration has to do, or did. */
export interface Migration {
  /** `owner/name@3`, in the order in which they are carried over. */
  readonly versions: readonly string[];
}

/** The versions of layout 0 that a store has. */
export async function surveyElder(store: Store): Promise<Migration> {
  const subjects = await listElder(store);
  return {
    versions: subjects.flatMap(({ name, entries }) =>
      entries.flatMap((entry) => (readElderVersion(entry) ? `${name}@${seqOf(entry)}` : [])),
    ),
  };
}

/**
 * Carries a store of layout 0 over into layout 1: every version byte for byte, with its time and author; labels and the
 * audit trail stand as they are. What was interrupted is done to its end by doing it again. Elder blobs stay for a
 * collection.
 * @throws Proto4Error "store-invalid" for what is damaged; "publish-conflict" when an elder proto4 published meanwhile
 */
export async function migrate(store: Store, actor: Actor): Promise<Migration> {
  const [rev, packages] = [await store.get(revKey), await store.get(packagesKey)];
  const versions: string[] = [];
  for (const { name, entries } of await listElder(store)) {
    let before: Before = { record: undefined, contracts: [] };
    for (const entry of entries) {
      const elder = readElderVersion(entry);
      const record = elder === undefined ? readVersion(entry) : await carryOver(store, entry, elder, before);
      before = { record, contracts: withChanges(before.contracts, record) };
      if (elder !== undefined) versions.push(`${name}@${elder.seq}`);
    }
  }
  const record = packages === undefined ? {} : bySubject(await loadElderPackages(store, packages));
  const [audit] = auditSteps(actor, { action: "migrate", layout: 1, versions: versions.length });
  const done = await store.transact([
    // A publish of an elder proto4 would have moved it.
    compareAndSet(revKey, { publish: actor.id }, rev),
    compareAndSet(packagesKey, record, packages),
    { verb: "set", key: gcKey, value: encodeRecord({ epoch: 0, collecting: false }) },
    compareAndSet(layoutKey, { layout: 1 }, undefined),
    audit!,
  ]);
  if (done) return { versions };
  throw new Proto4Error(
    "publish-conflict",
    "an elder proto4 published meanwhile: stop those, and migrate again",
  );
}

/** The version before, which is carried over by now, and its contracts. */
interface Before {
  readonly record: VersionRecord | undefined;
  readonly contracts: readonly Contract[];
}

async function carryOver(
  store: Store,
  entry: StoreEntry,
  elder: ElderVersion,
  { record: before, contracts }: Before,
): Promise<VersionRecord> {
  const registry = { store, cache: noCache };
  const image = sliceImage(await loadElderBlob(store, elder.snapshot), entry.key);
  const sources = await loadElderFiles(store, elder.manifest);
  const files: PackFile[] = [];
  for (const slice of image.files) {
    const source = sources.get(slice.path)?.source;
    files.push({ slice, source: source === undefined ? undefined : await loadElderBlob(store, source) });
  }
  const chain = before && (await loadChain(registry, before));
  const list = listFiles(files, chain?.open);
  const packs = await packNext(list, chain);
  const gone = placeGone(chain === undefined ? [] : findGone(await chain.open.image(), image));
  for (const blob of [packs.at(-1)!, ...gone.blobs]) await writeBlob(registry, blob);
  const record: VersionRecord = {
    seq: elder.seq,
    publish: elder.publish,
    packs: packs.map(({ digest }) => digest),
    files: image.files.length,
    changedFiles: changedPaths(list, chain?.open).size,
    ...contractChanges(elder.contracts, contracts),
    ...gone.record,
    dependencies: [],
    by: elder.by,
    at: elder.at,
  };
  if (await store.transact([compareAndSet(entry.key, record, entry)])) return record;
  throw new Proto4Error("publish-conflict", `somebody else changed ${entry.key} meanwhile: migrate again`);
}

function compareAndSet(key: string, record: object, entry: StoreEntry | undefined): StoreOperation {
  return { verb: "compare-and-set", key, value: encodeRecord(record), index: entry?.index ?? 0 };
}

/** The version records of each subject, the first one first. */
async function listElder(store: Store) {
  const subjects = new Map<string, StoreEntry[]>();
  for (const entry of await store.list(subjectsPrefix)) {
    const [owner, name, kind] = entry.key.slice(subjectsPrefix.length).split("/");
    if (kind !== "version") continue;
    const subject = `${owner}/${name}`;
    subjects.set(subject, [...(subjects.get(subject) ?? []), entry]);
  }
  return [...subjects].map(([name, entries]) => ({
    name,
    entries: entries.sort((a, b) => seqOf(a) - seqOf(b)),
  }));
}

function seqOf({ key }: StoreEntry): number {
  return Number(key.split("/").at(-1));
}

function bySubject(owners: Readonly<Record<string, string>>): PackagesRecord {
  const record = new Map<string, string[]>();
  for (const [name, subject] of Object.entries(owners))
    record.set(subject, [...(record.get(subject) ?? []), name].sort());
  return Object.fromEntries([...record].sort(([a], [b]) => (a < b ? -1 : 1)));
}
