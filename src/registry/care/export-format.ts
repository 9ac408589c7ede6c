import type { VersionRecord } from "../store/records.js";

/** Of what is where in an export; a change of it that elder ones do not understand takes the next number. */
export const exportFormat = 1;

/** Says what the folder is. */
export interface ExportMark {
  readonly format: number;
  /** While an export is being written, and where one was interrupted. */
  readonly unfinished?: true | undefined;
}

export const markFile = "registry.json";
export const packagesFile = "packages.json";
export const environmentsFile = "environments.json";
export const seenFile = "seen.json";
export const auditFile = "audit.jsonl";
export const subjectsFolder = "subjects";

export function subjectFolder(subject: string): string {
  return `${subjectsFolder}/${subject}`;
}

export function versionsFolder(subject: string): string {
  return `${subjectFolder(subject)}/versions`;
}

export function versionFolder(subject: string, seq: number): string {
  return `${versionsFolder(subject)}/${seq}`;
}

/** Of a version's folder. */
export function sourcePath(path: string): string {
  return `proto/${path}`;
}

export function descriptorPath(path: string): string {
  return `descriptors/${path}.binpb`;
}

/** `version.json`: which packs hold the files is the store's own affair. */
export interface ExportedVersion {
  readonly record: ExportedRecord;
  /** The version whose files are not repeated; none for one that holds all its files itself. */
  readonly against?: number | undefined;
  /** All files in the order of the image; none where they were given up. */
  readonly files: readonly ExportedFile[];
}

/** All names that left are in it, however many. */
export type ExportedRecord = Omit<VersionRecord, "packs" | "goneIn">;

export interface ExportedFile {
  readonly path: string;
  readonly isImport: boolean;
  /** SHA-256 of descriptor and source. */
  readonly digest: string;
}

/** A line of the audit trail: the end of its key, and the record. */
export interface ExportedAudit {
  readonly id: string;
  readonly record: object;
}

/** Keys in order, so that equal records are equal texts. */
export function printRecord(record: unknown): string {
  return `${JSON.stringify(sorted(record), null, 2)}\n`;
}

export function printLine(record: unknown): string {
  return `${JSON.stringify(sorted(record))}\n`;
}

/** One file a line, so that a version of thousands can be read as a list, and compared. */
export function printVersion({ record, against, files }: ExportedVersion): string {
  const head = JSON.stringify({ against, record: sorted(record) }, null, 2).replace(/\n\}$/, "");
  const lines = files.map(({ path, isImport, digest }) => JSON.stringify({ path, isImport, digest }));
  const list = lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`;
  return `${head},\n  "files": ${list}\n}\n`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}
