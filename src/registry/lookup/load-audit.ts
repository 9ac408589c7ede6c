import { auditPrefix } from "../store/layout.js";
import { type AuditRecord, readAudit } from "../store/records.js";
import type { Store } from "../store/store.js";

/** What was done, the last first. @param subject only what was done to it */
export async function loadAudit(store: Store, subject?: string): Promise<readonly AuditRecord[]> {
  const entries = await store.list(auditPrefix);
  return entries
    .map(readAudit)
    .filter((record) => subject === undefined || record.subject === subject)
    .reverse();
}
