import { Proto4Error } from "../../diagnostics/index.js";
import {
  approvalKey,
  auditPrefix,
  environmentsPrefix,
  headKey,
  labelKey,
  revKey,
  seenPrefix,
  subjectsPrefix,
} from "../store/layout.js";
import { maxOperations, maxTransactionBytes, sizeInTransaction } from "../store/limits.js";
import { loadSettled, type Settled } from "../store/load-settled.js";
import { readSeen, type SeenRecord } from "../store/observation.js";
import { encodeRecord, readHead } from "../store/records.js";
import type { Store, StoreEntry, StoreOperation } from "../store/store.js";
import type { ExportFolder } from "./export-folder.js";
import { type KeyedRecord, loadEnvironments, loadSeen } from "./import-observed.js";
import type { PlannedSubject } from "./import-plan.js";
import { loadExportedAudit } from "./import-records.js";
import { isSame } from "./settle-subject.js";
import { uniteSeen } from "./unite-seen.js";

/** What stands beside the versions. */
export interface Rest {
  readonly subjects: readonly PlannedSubject[];
  readonly others: readonly KeyedRecord[];
}

/** @throws Proto4Error "input-unreadable" */
export async function loadRest(folder: ExportFolder, subjects: readonly PlannedSubject[]): Promise<Rest> {
  const audit = await loadExportedAudit(folder);
  const trail = [...audit].map(([id, record]) => [`${auditPrefix}${id}`, record] as const);
  return { subjects, others: [...(await loadEnvironments(folder)), ...(await loadSeen(folder)), ...trail] };
}

/**
 * Writes the records that the registry lacks; those that it has stay, for they may be later ones; sightings are united.
 * @param id of the import
 * @returns how many were written
 */
export async function importRest(store: Store, rest: Rest, id: string): Promise<number> {
  const rev: StoreOperation = { verb: "set", key: revKey, value: encodeRecord({ publish: id }) };
  let written = 0;
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { found, guards } = await loadSettled(store, prefixes);
    let whole = true;
    for (const batch of inBatches(missingSteps(rest, found), [...guards, rev])) {
      whole = await store.transact([...batch, ...guards, rev]);
      if (!whole) break;
      written += batch.length;
    }
    if (whole) return written;
  }
  throw new Proto4Error("publish-conflict", "others wrote the same records meanwhile; run the import again");
}

type Entries = ReadonlyMap<string, StoreEntry>;

const prefixes = [subjectsPrefix, environmentsPrefix, seenPrefix, auditPrefix];
const maxAttempts = 10;

function missingSteps({ subjects, others }: Rest, found: Settled["found"]): readonly StoreOperation[] {
  const entries = new Map(found.flat().map((entry) => [entry.key, entry]));
  const wanted = subjects.flatMap((subject) => {
    const head = entries.get(headKey(subject.name));
    // Of what went on since, nobody knows whether a label was taken away.
    const same = head !== undefined && readHead(head).seq === subject.head.seq;
    return same ? besideVersions(subject) : [];
  });
  return [...wanted, ...others.map((each) => withSightings(each, entries))].flatMap(([key, record]) => {
    const entry = entries.get(key);
    const isLater = key.startsWith(seenPrefix) && entry !== undefined && !isSame(entry, record);
    if (entry !== undefined && !isLater) return [];
    return { verb: "compare-and-set", key, value: encodeRecord(record), index: entry?.index ?? 0 };
  });
}

/** Of what both have seen, both sightings count. */
function withSightings([key, record]: KeyedRecord, entries: Entries): KeyedRecord {
  const entry = entries.get(key);
  if (entry === undefined || !key.startsWith(seenPrefix) || isSame(entry, record)) return [key, record];
  return [key, uniteSeen(readSeen(entry), record as SeenRecord)];
}

function besideVersions({ name, labels, approvals }: PlannedSubject): readonly KeyedRecord[] {
  return [
    ...[...labels].map(([label, seq]) => [labelKey(name, label), { seq }] as const),
    ...approvals.map((approval) => [approvalKey(name, approval.finding), approval] as const),
  ];
}

/** As few transactions as the limits allow, in the order given. @param always what stands in each of them */
function* inBatches(
  steps: readonly StoreOperation[],
  always: readonly StoreOperation[],
): Iterable<readonly StoreOperation[]> {
  const least = always.reduce((sum, step) => sum + sizeInTransaction(step), 0);
  let [batch, size] = [[] as StoreOperation[], least];
  for (const step of steps) {
    const more = sizeInTransaction(step);
    const full = batch.length + always.length === maxOperations;
    if (full || (batch.length > 0 && size + more > maxTransactionBytes)) {
      yield batch;
      [batch, size] = [[], least];
    }
    batch.push(step);
    size += more;
  }
  if (batch.length > 0) yield batch;
}
