import { auditPrefix } from "../store/layout.js";
import { readAudit } from "../store/records.js";
import type { Store } from "../store/store.js";
import type { ExportFolder } from "./export-folder.js";
import { loadExportedAudit } from "./import-records.js";

/**
 * Whether nothing was ever done in a registry that an export does not know of: then what the export says of labels,
 * approvals, deletions and policy is what became of them, and not another's opinion.
 */
export async function isPartOf(store: Store, folder: ExportFolder): Promise<boolean> {
  const known = await loadExportedAudit(folder);
  const entries = await store.list(auditPrefix);
  return entries.every(
    (entry) => known.has(entry.key.slice(auditPrefix.length)) || ownActions.has(readAudit(entry).action),
  );
}

/** They change nothing that an export holds. */
const ownActions: ReadonlySet<string> = new Set(["import", "gc"]);
