import { Proto4Error } from "../../diagnostics/index.js";
import { type Actor, auditSteps } from "../audit.js";
import type { Registry } from "../registry.js";
import { revKey } from "../store/layout.js";
import { loadSettled } from "../store/load-settled.js";
import type { Store } from "../store/store.js";
import { type ExportFolder, openExportFolder, unreadable } from "./export-folder.js";
import { exportFormat, markFile } from "./export-format.js";
import { loadPlan, type PlannedSubject } from "./import-plan.js";
import { loadMark } from "./import-records.js";
import { importRest, loadRest } from "./import-rest.js";
import { type ImportedVersion, importVersions } from "./import-subject.js";
import { settleSubject } from "./settle-subject.js";

/** How many versions were brought in, got lost packs back, or were there; and how many other records were written. */
export interface Imported extends Readonly<Record<ImportedVersion, number>> {
  readonly subjects: number;
  readonly records: number;
}

/**
 * Brings an export into an empty registry, or one that has a part of it, as after an interruption. What the store has
 * lost of it comes back; what the registry has beyond it stays. Where it has nothing beyond it, labels, approvals,
 * deletions and policies become those of the export.
 * @param tell is told what is being done
 * @throws Proto4Error "input-unreadable" for what is no whole export; "store-invalid" where the registry has something
 * else; "package-claimed"; "publish-conflict"
 */
export async function importRegistry(
  registry: Registry,
  root: string,
  actor: Actor,
  tell: (doing: string) => void = () => undefined,
): Promise<Imported> {
  const folder = openExportFolder(root);
  await checkWhole(folder);
  const subjects = await loadPlan(registry.store, folder);
  const rest = await loadRest(folder, subjects);
  await begin(registry.store, subjects, actor);
  const counts = { imported: 0, repaired: 0, there: 0 };
  let settled = 0;
  for (const subject of subjects) {
    for await (const [seq, done] of importVersions(registry, folder, subject)) {
      counts[done]++;
      tell(`${subject.name}@${seq} of ${subject.head.seq}`);
    }
    // Of what was not there, all is written with its versions, and with the rest.
    if (subject.isPart && subject.there > 0) settled += await settleSubject(registry.store, actor, subject);
  }
  const records = settled + (await importRest(registry.store, rest, actor.id));
  return { subjects: subjects.length, ...counts, records };
}

/** Before a store is made for it. @throws Proto4Error "input-unreadable" for what is no whole export */
export async function checkExport(root: string): Promise<void> {
  await checkWhole(openExportFolder(root));
}

async function checkWhole(folder: ExportFolder): Promise<void> {
  const mark = await loadMark(folder);
  if (mark === undefined) throw unreadable(folder.root, ".", `it has no ${markFile}, so it is no export`);
  if (mark.format !== exportFormat) {
    const what = `it has format ${mark.format}, this proto4 knows ${exportFormat}`;
    throw unreadable(folder.root, markFile, what);
  }
  if (mark.unfinished === true)
    throw unreadable(folder.root, markFile, "the export was not finished; run it again");
}

/** Before anything else, so that an import that is interrupted has left its name. */
async function begin(store: Store, subjects: readonly PlannedSubject[], actor: Actor): Promise<void> {
  const versions = subjects.reduce((sum, { there, head }) => sum + Math.max(head.seq - there, 0), 0);
  if (versions === 0) return;
  const steps = auditSteps(actor, { action: "import", subjects: subjects.length, versions });
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const { guards } = await loadSettled(store, [revKey]);
    if (await store.transact([...steps, ...guards])) return;
  }
  throw new Proto4Error(
    "publish-conflict",
    "unreachable blobs were collected every time meanwhile; try again",
  );
}

const maxAttempts = 10;
