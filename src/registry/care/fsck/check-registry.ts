import { type Actor, auditSteps } from "../../audit.js";
import type { Registry } from "../../registry.js";
import { blobsPrefix, root } from "../../store/layout.js";
import type { Store, StoreEntry } from "../../store/store.js";
import { listBlobs } from "../list-blobs.js";
import { checkBlobs } from "./check-blobs.js";
import { checkGc } from "./check-gc.js";
import { checkGone } from "./check-gone.js";
import { checkPackages } from "./check-packages.js";
import { checkRecord, strange } from "./check-record.js";
import { checkSubject, readSubjects } from "./check-subject.js";
import type { Problem } from "./problem.js";

/**
 * Checks every record, pointer and digest of a registry. Each pack is read once.
 * @param onProgress is told how many chains of packs are checked, and of how many
 */
export async function checkRegistry(
  { store }: Pick<Registry, "store">,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<readonly Problem[]> {
  const entries = await listRecords(store);
  const unreadable = entries.flatMap(checkRecord);
  const subjects = readSubjects(entries);
  const blobs = await listBlobs(store);
  const problems = [
    ...unreadable,
    ...subjects.problems,
    ...subjects.whole.flatMap((subject) => checkSubject(subject, subjects.whole, entries)),
    ...checkPackages(subjects.whole, entries),
    ...checkGc(entries),
    ...blobs.strange.map(strange),
    ...(await checkGone(store, subjects.whole)),
    ...(await checkBlobs(store, subjects.whole, blobs.blobs, onProgress)),
  ];
  return problems.sort((a, b) => (a.where < b.where ? -1 : 1));
}

/** Mends what can be mended, an entry of the audit trail each. @returns the problems that are left */
export async function repairRegistry(
  store: Store,
  problems: readonly Problem[],
  actor: Actor,
): Promise<readonly Problem[]> {
  const left: Problem[] = [];
  for (const [number, problem] of problems.entries()) {
    const { repair, where, message } = problem;
    const audit = auditSteps({ ...actor, id: `${actor.id}-${number}` }, { action: "repair", where, message });
    if (repair === undefined || !(await store.transact([...repair, ...audit]))) left.push(problem);
  }
  return left;
}

/** All but the blobs, which may be many times as much. */
async function listRecords(store: Store): Promise<readonly StoreEntry[]> {
  const keys = await store.keys(`${root}/`);
  const parts = new Set(keys.filter((key) => !key.startsWith(blobsPrefix)).map(partOf));
  // By key: what begins like another key is listed with it, too.
  const entries = new Map<string, StoreEntry>();
  for (const part of parts) for (const entry of await store.list(part)) entries.set(entry.key, entry);
  return [...entries.values()];
}

/** `proto4/v1/rev` itself, `proto4/v1/subject/` with all that is in it. */
function partOf(key: string): string {
  const [, , , ...inside] = key.split("/");
  const part = key.split("/").slice(0, 3).join("/");
  return inside.length === 0 ? part : `${part}/`;
}
