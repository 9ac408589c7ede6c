import { Proto4Error } from "../../diagnostics/index.js";
import { placeGone } from "../gone.js";
import { subjectPrefix } from "../store/layout.js";
import { checkSubject } from "../store/names.js";
import { readSubject, type Subject } from "../store/read-subject.js";
import type { Deletion } from "../store/records.js";
import type { Store } from "../store/store.js";
import { type ExportFolder, unreadable } from "./export-folder.js";
import {
  type ExportedRecord,
  printRecord,
  subjectFolder,
  subjectsFolder,
  versionFolder,
  versionsFolder,
} from "./export-format.js";
import { isPartOf } from "./import-part.js";
import {
  checked,
  loadPackages,
  loadSubjectRecords,
  loadVersion,
  type SubjectRecords,
} from "./import-records.js";

/** A subject of an export that fits what the registry has of it. */
export interface PlannedSubject extends SubjectRecords {
  readonly name: string;
  readonly packages: readonly string[];
  /** The number of the last version that the registry has already; 0 for none. */
  readonly there: number;
  /** What became of versions, by their numbers. */
  readonly deletions: ReadonlyMap<number, Deletion>;
  /** Whether the registry knows nothing of it that the export does not: then it becomes what the export says. */
  readonly isPart: boolean;
}

/**
 * Compares all records of an export with what the registry has, before anything is written.
 * @throws Proto4Error "input-unreadable"; "store-invalid" where the registry has something else, with where
 */
export async function loadPlan(store: Store, folder: ExportFolder): Promise<readonly PlannedSubject[]> {
  const packages = await loadPackages(folder);
  const isPart = await isPartOf(store, folder);
  const planned: PlannedSubject[] = [];
  for (const name of await loadNames(folder))
    planned.push(await planSubject(store, folder, name, packages[name] ?? [], isPart));
  return planned;
}

async function planSubject(
  store: Store,
  folder: ExportFolder,
  name: string,
  packages: readonly string[],
  isPart: boolean,
): Promise<PlannedSubject> {
  const records = await loadSubjectRecords(folder, name);
  const there = readSubject(name, await store.list(subjectPrefix(name)));
  const own = new Set(packages);
  const deletions = new Map<number, Deletion>();
  for (let seq = 1; seq <= records.head.seq; seq++) {
    const record = await loadRecord(folder, name, seq);
    for (const contract of record.newContracts) own.add(contract.package);
    if (record.deleted !== undefined) deletions.set(seq, record.deleted);
    if (there !== undefined) compareVersion(name, there, record, isPart);
  }
  if (there !== undefined && !isPart && there.head.seq <= records.head.seq) compareSubject(there, records);
  return { name, ...records, packages: [...own].sort(), there: there?.head.seq ?? 0, deletions, isPart };
}

async function loadNames(folder: ExportFolder): Promise<readonly string[]> {
  const names: string[] = [];
  for (const owner of await folder.names(subjectsFolder))
    for (const name of await folder.names(`${subjectsFolder}/${owner}`)) {
      const subject = `${owner}/${name}`;
      checked(folder, subjectFolder(subject), () => checkSubject(subject));
      await checkVersions(folder, subject);
      names.push(subject);
    }
  return names;
}

/** What lies beyond the head would be passed over without a word. */
async function checkVersions(folder: ExportFolder, subject: string): Promise<void> {
  const { head, labels } = await loadSubjectRecords(folder, subject);
  const says = `the head of ${subject} is ${head.seq}`;
  for (const name of await folder.names(versionsFolder(subject)))
    if (!/^[1-9]\d{0,8}$/.test(name) || Number(name) > head.seq)
      throw unreadable(folder.root, `${versionsFolder(subject)}/${name}`, says);
  for (const [label, seq] of labels)
    if (seq > head.seq)
      throw unreadable(
        folder.root,
        `${subjectFolder(subject)}/labels.json`,
        `${label} is at ${seq}, ${says}`,
      );
}

async function loadRecord(folder: ExportFolder, subject: string, seq: number) {
  const version = await loadVersion(folder, subject, seq);
  if (version !== undefined) return version.record;
  const path = versionFolder(subject, seq);
  throw unreadable(folder.root, path, "the version is missing; run the export again");
}

/** A deletion may come after the export was made; one that only the export knows was taken back, or is another's. */
function compareVersion(name: string, there: Subject, record: ExportedRecord, isPart: boolean): void {
  const found = there.versions.find(({ seq }) => seq === record.seq);
  if (found === undefined && record.seq > there.head.seq) return;
  if (found === undefined) throw diverges(`${name}@${record.seq}`, "the registry has lost its record");
  const { packs: _, contracts: __, deleted, ...rest } = found;
  const { deleted: said, ...wanted } = record;
  if (printRecord(rest) !== printRecord({ ...wanted, ...placeGone(wanted.gone).record }))
    throw diverges(`${name}@${record.seq}`, `the registry has one that ${found.by} published on ${found.at}`);
  if (isPart || said === undefined) return;
  if (deleted === undefined || (said.how === "hard" && deleted.how === "soft"))
    throw diverges(
      `${name}@${record.seq}`,
      `it is deleted ${said.how} in the export and not in the registry`,
    );
}

/** Only of a registry that is not further than the export: what was changed since stays changed. */
function compareSubject({ name, head, labels, approvals }: Subject, records: SubjectRecords): void {
  if (printRecord(head.policy) !== printRecord(records.head.policy))
    throw diverges(name, "its policy is another one");
  for (const [label, seq] of records.labels)
    if ((labels.get(label) ?? seq) !== seq)
      throw diverges(`${name}@${label}`, `the label stands at ${labels.get(label)}, in the export at ${seq}`);
  for (const approval of records.approvals) {
    const found = approvals.find(({ finding }) => finding === approval.finding);
    if (found !== undefined && printRecord(found) !== printRecord(approval))
      throw diverges(name, `its approval of ${approval.finding} is another one`);
  }
}

export function diverges(where: string, what: string): Proto4Error {
  return new Proto4Error(
    "store-invalid",
    `the registry and the export disagree on ${where}: ${what}; import into an empty registry, or export this one again`,
  );
}
