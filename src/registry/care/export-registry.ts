import { readSubjects } from "../lookup/find-subject.js";
import type { Registry } from "../registry.js";
import { auditPrefix, environmentsPrefix, packagesKey, seenPrefix, subjectsPrefix } from "../store/layout.js";
import { readEnvironment, readSeen } from "../store/observation.js";
import type { Subject } from "../store/read-subject.js";
import { readAudit, readPackages } from "../store/records.js";
import type { StoreEntry } from "../store/store.js";
import { type ExportFolder, openExportFolder, unwritable } from "./export-folder.js";
import {
  auditFile,
  environmentsFile,
  exportFormat,
  markFile,
  packagesFile,
  printLine,
  printRecord,
  seenFile,
  subjectsFolder,
} from "./export-format.js";
import { exportSubject } from "./export-subject.js";
import { loadMark } from "./import-records.js";

/** What an export came to. */
export interface Exported {
  readonly subjects: number;
  readonly versions: number;
  /** How many of the versions were not there yet, or otherwise. */
  readonly written: number;
}

/**
 * Writes all that is known for good into plain files: a folder that is not there yet, or one that holds an export of
 * the same registry, to which it adds what is new. The same registry gives the same bytes.
 * @param tell is told what is being done
 * @throws Proto4Error "output-unwritable" where the folder holds something else, or for a path that no file can have
 */
export async function exportRegistry(
  registry: Registry,
  root: string,
  tell: (doing: string) => void = () => undefined,
): Promise<Exported> {
  const folder = openExportFolder(root);
  // All of one moment, so that no record speaks of a version that is not there.
  const lists = await registry.store.listAll(prefixes);
  const subjects = readSubjects(lists[0] ?? []);
  await checkFolder(folder, subjects);
  await folder.sweep();
  await folder.write(markFile, printRecord({ format: exportFormat, unfinished: true }));
  // Somebody may have added lines to it since.
  if (!(await folder.names(".")).includes(gitFile)) await folder.write(gitFile, gitAttributes);
  let written = 0;
  for (const subject of subjects) written += await exportSubject(registry, folder, subject, tell);
  await exportRest(folder, lists.slice(1));
  await folder.write(markFile, printRecord({ format: exportFormat }));
  const versions = subjects.reduce((sum, subject) => sum + subject.versions.length, 0);
  return { subjects: subjects.length, versions, written };
}

const prefixes = [subjectsPrefix, packagesKey, environmentsPrefix, seenPrefix, auditPrefix];

async function exportRest(folder: ExportFolder, lists: readonly (readonly StoreEntry[])[]): Promise<void> {
  const [packages = [], environments = [], seen = [], audit = []] = lists;
  const owned = packages.find(({ key }) => key === packagesKey);
  await folder.write(packagesFile, printRecord(owned === undefined ? {} : readPackages(owned)));
  const said = nest(environments, environmentsPrefix, readEnvironment);
  await folder.write(environmentsFile, printRecord(said));
  await folder.write(seenFile, printRecord(nest(seen.filter(isSighting), seenPrefix, readSeen)));
  await folder.write(auditFile, audit.map(printAudit).join(""));
}

/** What an export has and the registry lacks is another registry's: it would be a mixture of both. */
async function checkFolder(folder: ExportFolder, subjects: readonly Subject[]): Promise<void> {
  if ((await loadMark(folder)) === undefined) {
    const strange = (await folder.names(".")).find((name) => !name.startsWith(".") || name === gitFile);
    if (strange === undefined) return;
    const what = `the folder has "${strange}" and is no export; name one that is not there yet, or empty`;
    throw unwritable(folder.root, ".", what);
  }
  const known = new Set(subjects.map(({ name }) => name));
  for (const owner of await folder.names(subjectsFolder))
    for (const name of await folder.names(`${subjectsFolder}/${owner}`))
      if (!known.has(`${owner}/${name}`))
        throw unwritable(folder.root, `${subjectsFolder}/${owner}/${name}`, otherRegistry);
}

/** Since when everything was observed is known to the store that it was reported to, and to no copy of it. */
function isSighting({ key }: StoreEntry): boolean {
  return !key.endsWith("/@since");
}

/** Records under the names that their keys are made of. */
function nest(entries: readonly StoreEntry[], prefix: string, read: (entry: StoreEntry) => object): object {
  return Object.fromEntries(entries.map((entry) => [entry.key.slice(prefix.length), read(entry)]));
}

function printAudit(entry: StoreEntry): string {
  return printLine({ id: entry.key.slice(auditPrefix.length), record: readAudit(entry) });
}

/** Sources and descriptors are held by their digests, so git may not touch their line ends. */
const gitFile = ".gitattributes";
const gitAttributes = "* -text\n*.binpb binary\n";

const otherRegistry =
  "the registry has no such subject: the folder holds an export of another one; name another folder";
