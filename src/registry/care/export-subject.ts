import { loadGone } from "../gone.js";
import { loadChain } from "../lookup/load-chain.js";
import type { OpenVersion } from "../pack/index.js";
import type { Registry } from "../registry.js";
import type { Subject, Version } from "../store/read-subject.js";
import { type ExportFolder, unwritable } from "./export-folder.js";
import {
  descriptorPath,
  type ExportedFile,
  type ExportedVersion,
  printRecord,
  printVersion,
  sourcePath,
  subjectFolder,
  versionFolder,
  versionsFolder,
} from "./export-format.js";
import { fileKey, loadVersion } from "./import-records.js";

/** A version with files, and which they are. */
interface Held {
  readonly seq: number;
  readonly files: readonly ExportedFile[];
}

/**
 * Writes what is new of a subject, its head last.
 * @returns how many versions were written
 */
export async function exportSubject(
  registry: Registry,
  folder: ExportFolder,
  subject: Subject,
  tell: (doing: string) => void,
): Promise<number> {
  const { name, versions, head, labels, approvals } = subject;
  await checkVersions(folder, subject);
  let [written, before] = [0, undefined as Held | undefined];
  for (const version of versions) {
    tell(`${name}@${version.seq} of ${head.seq}`);
    const open = version.packs.length === 0 ? undefined : (await loadChain(registry, version)).open;
    const files = open === undefined ? [] : open.files.map(toExported);
    if (await exportVersion(registry, folder, name, version, open, files, before)) written++;
    if (open !== undefined) before = { seq: version.seq, files };
  }
  const write = (file: string, record: unknown) =>
    folder.write(`${subjectFolder(name)}/${file}`, printRecord(record));
  await write("labels.json", Object.fromEntries(labels));
  await write("approvals.json", approvals);
  await write("head.json", { seq: head.seq, policy: head.policy });
  return written;
}

/** Those that the folder has and the registry has not are another registry's. */
async function checkVersions(folder: ExportFolder, { name, versions }: Subject): Promise<void> {
  const known = new Set(versions.map(({ seq }) => String(seq)));
  const strange = (await folder.names(versionsFolder(name))).find((seq) => !known.has(seq));
  if (strange !== undefined)
    throw unwritable(folder.root, `${versionsFolder(name)}/${strange}`, otherVersion(name));
}

/** @returns whether there was anything to write */
async function exportVersion(
  registry: Registry,
  folder: ExportFolder,
  subject: string,
  version: Version,
  open: OpenVersion | undefined,
  files: readonly ExportedFile[],
  before: Held | undefined,
): Promise<boolean> {
  const path = versionFolder(subject, version.seq);
  const { packs: _, contracts: __, goneIn: ___, ...rest } = version;
  const record = { ...rest, gone: await loadGone(registry, version) };
  const exported: ExportedVersion = { record, against: files.length === 0 ? undefined : before?.seq, files };
  const text = printVersion(exported);
  const there = await loadVersion(folder, subject, version.seq).catch(() => undefined);
  if (there !== undefined && there.record.publish !== version.publish)
    throw unwritable(folder.root, path, otherVersion(subject));
  // A folder is written whole, so where its list is right its files are.
  if (there !== undefined && sameFiles(there, exported)) return folder.write(`${path}/version.json`, text);
  const fresh = open === undefined ? [] : await contentsOf(open, before?.files ?? []);
  await folder.replace(path, [["version.json", text], ...fresh]);
  return true;
}

async function contentsOf(open: OpenVersion, before: readonly ExportedFile[]) {
  const known = new Set(before.map(fileKey));
  const fresh = open.files.filter((file) => !known.has(fileKey(file)));
  const wanted = new Set(fresh.map(({ path }) => path));
  const [{ files }, sources] = [await open.image(), await open.sources()];
  return [
    ...[...sources]
      .filter(([path]) => wanted.has(path))
      .map(([path, bytes]) => [sourcePath(path), bytes] as const),
    ...files
      .filter(({ path }) => wanted.has(path))
      .map(({ path, bytes }) => [descriptorPath(path), bytes] as const),
  ];
}

function sameFiles(a: ExportedVersion, b: ExportedVersion): boolean {
  return a.against === b.against && JSON.stringify(a.files) === JSON.stringify(b.files);
}

function toExported({ path, isImport, digest }: ExportedFile): ExportedFile {
  return { path, isImport, digest };
}

function otherVersion(subject: string): string {
  return `the registry has no such version of ${subject}: the folder holds an export of another registry; name another folder`;
}
