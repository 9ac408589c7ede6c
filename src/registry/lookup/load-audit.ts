import { auditPrefix, headKey, subjectOfAudit } from "../store/layout.js";
import { maxOperations } from "../store/limits.js";
import { loadExactly } from "../store/load-exactly.js";
import { checkSubject } from "../store/names.js";
import { type AuditRecord, readAudit } from "../store/records.js";
import type { Store } from "../store/store.js";
import { chunksOf } from "./each-subject.js";
import { missingSubject } from "./find-subject.js";

/**
 * What was done, the last first, read as it is asked for: a trail grows for ever.
 * @param subject only what was done to it; its records are told by their keys
 * @throws Proto4Error "subject-invalid", "subject-missing"
 */
export async function* auditTrail(store: Store, subject?: string): AsyncIterable<AuditRecord> {
  if (subject !== undefined) await checkKnown(store, subject);
  const keys = (await store.keys(auditPrefix)).toReversed();
  const own = keys.filter((key) => subject === undefined || (subjectOfAudit(key) ?? subject) === subject);
  for (const some of chunksOf(own, maxOperations))
    for (const entry of await loadExactly(store, some)) {
      const record = readAudit(entry);
      if (subject === undefined || record.subject === subject) yield record;
    }
}

/** All of it. */
export async function loadAudit(store: Store, subject?: string): Promise<readonly AuditRecord[]> {
  const records: AuditRecord[] = [];
  for await (const record of auditTrail(store, subject)) records.push(record);
  return records;
}

async function checkKnown(store: Store, subject: string): Promise<void> {
  checkSubject(subject);
  if ((await store.get(headKey(subject))) === undefined) throw await missingSubject(store, subject);
}
