import { join } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { isInside } from "../pack/index.js";
import { approvalKey, auditPrefix, headKey, packagesKey, versionKey } from "../store/layout.js";
import { checkKey } from "../store/limits.js";
import { checkLabel, checkSubject } from "../store/names.js";
import {
  type Approval,
  type AuditRecord,
  encodeRecord,
  type Head,
  isDigest,
  type PackagesRecord,
  readApproval,
  readAudit,
  readHead,
  readPackages,
  readVersion,
} from "../store/records.js";
import { type ExportFolder, unreadable } from "./export-folder.js";
import {
  auditFile,
  type ExportedAudit,
  type ExportedFile,
  type ExportedVersion,
  type ExportMark,
  markFile,
  packagesFile,
  subjectFolder,
  versionFolder,
} from "./export-format.js";

/** What an export has of a subject beside its versions. */
export interface SubjectRecords {
  readonly head: Pick<Head, "seq" | "policy">;
  readonly labels: ReadonlyMap<string, number>;
  readonly approvals: readonly Approval[];
}

/** @returns `undefined` where the folder is no export. Each function throws Proto4Error "input-unreadable" */
export async function loadMark(folder: ExportFolder): Promise<ExportMark | undefined> {
  const mark = await loadJson(folder, markFile);
  if (mark === undefined) return undefined;
  const { format, unfinished } = fieldsOf(mark);
  if (typeof format !== "number") throw unreadable(folder.root, markFile, "it says no format");
  return { format, unfinished: unfinished === true ? true : undefined };
}

export async function loadSubjectRecords(folder: ExportFolder, name: string): Promise<SubjectRecords> {
  const path = (file: string) => `${subjectFolder(name)}/${file}`;
  const [head, labels, approvals] = await Promise.all(
    ["head.json", "labels.json", "approvals.json"].map((file) => loadNeeded(folder, path(file))),
  );
  return {
    head: checked(folder, path("head.json"), () =>
      readHead(entryOf(headKey(name), { ...fieldsOf(head), publish: "" })),
    ),
    labels: checked(folder, path("labels.json"), () => toLabels(labels)),
    approvals: checked(folder, path("approvals.json"), () => toApprovals(name, approvals)),
  };
}

/** @returns `undefined` where there is no such version */
export async function loadVersion(
  folder: ExportFolder,
  subject: string,
  seq: number,
): Promise<ExportedVersion | undefined> {
  const path = `${versionFolder(subject, seq)}/version.json`;
  const value = await loadJson(folder, path);
  return value === undefined
    ? undefined
    : checked(folder, path, () => toVersion(versionKey(subject, seq), seq, value));
}

export async function loadPackages(folder: ExportFolder): Promise<PackagesRecord> {
  const value = await loadNeeded(folder, packagesFile);
  return checked(folder, packagesFile, () => {
    const record = readPackages(entryOf(packagesKey, fieldsOf(value)));
    Object.keys(record).forEach(checkSubject);
    return record;
  });
}

/** The audit trail, by the ends of its keys. */
export async function loadExportedAudit(folder: ExportFolder): Promise<ReadonlyMap<string, AuditRecord>> {
  const text = decode((await folder.read(auditFile, mostJsonBytes)) ?? new Uint8Array());
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line, place) => checked(folder, `${auditFile}:${place + 1}`, () => toAudit(parse(line)))),
  );
}

/** A file that every finished export has. */
export async function loadNeeded(folder: ExportFolder, path: string): Promise<unknown> {
  const value = await loadJson(folder, path);
  if (value === undefined) throw unreadable(folder.root, path, "it is missing; run the export again");
  return value;
}

async function loadJson(folder: ExportFolder, path: string): Promise<unknown> {
  const bytes = await folder.read(path, mostJsonBytes);
  return bytes === undefined ? undefined : checked(folder, path, () => parse(decode(bytes)));
}

/** Says of what is wrong in which file it is. */
export function checked<T>(folder: ExportFolder, path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    // The store's own words would send people to the store.
    const own = cause instanceof Proto4Error && cause.code === "store-invalid";
    const why = own ? "it holds what no registry writes" : (cause as Error).message;
    throw new Proto4Error(
      "input-unreadable",
      `this part of the export cannot be taken: ${why.slice(0, 300)}`,
      { location: { path: join(folder.root, path) }, cause },
    );
  }
}

/** Records are read as those of a store are. */
export function entryOf(key: string, record: object) {
  return { key, value: encodeRecord(record), index: 0 };
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** What tells a file of one version from that of another. */
export function fileKey({ path, digest }: Pick<ExportedFile, "path" | "digest">): string {
  return `${digest} ${path}`;
}

function toVersion(key: string, seq: number, value: unknown): ExportedVersion {
  const { record, against, files } = fieldsOf(value);
  const { packs: _, goneIn: __, ...rest } = readVersion(entryOf(key, { ...fieldsOf(record), packs: [] }));
  if (!Array.isArray(files) || !files.every(isFile))
    throw new Error("its files are not listed as they should be");
  if (against !== undefined && !(Number.isSafeInteger(against) && (against as number) < seq))
    throw new Error('what it says under "against" is no version before it');
  const given = files.length === 0;
  if (given !== (rest.deleted?.how === "hard") || (!given && files.length !== rest.files))
    throw new Error(`it lists ${files.length} files, which its record does not say`);
  return { record: rest, against: against as number | undefined, files };
}

function toAudit(value: unknown): readonly [string, AuditRecord] {
  const { id, record } = fieldsOf(value) as Partial<ExportedAudit>;
  const key = `${auditPrefix}${id}`;
  checkKey(key);
  if (key.split("/").length !== auditPrefix.split("/").length) throw new Error("its id is no name");
  return [id!, readAudit(entryOf(key, fieldsOf(record)))];
}

function toLabels(value: unknown): ReadonlyMap<string, number> {
  const labels = Object.entries(fieldsOf(value));
  for (const [label, seq] of labels) {
    checkLabel(label);
    if (!Number.isSafeInteger(seq) || (seq as number) < 1) throw new Error(`${label} stands at no version`);
  }
  return new Map(labels as [string, number][]);
}

function toApprovals(subject: string, value: unknown): readonly Approval[] {
  if (!Array.isArray(value)) throw new Error("it is no list");
  return value.map((each) => {
    const approval = readApproval(entryOf("", fieldsOf(each)));
    checkKey(approvalKey(subject, approval.finding));
    if (approval.finding.includes("/")) throw new Error(`"${approval.finding}" is no finding`);
    return approval;
  });
}

function isFile(value: unknown): value is ExportedFile {
  const { path, isImport, digest } = fieldsOf(value);
  return typeof path === "string" && isInside(path) && typeof isImport === "boolean" && isDigest(digest);
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
}

function parse(text: string): unknown {
  const value: unknown = JSON.parse(text);
  checkDepth(value, mostDepth);
  return value;
}

/** What is nested without end could not be written again. */
function checkDepth(value: unknown, left: number): void {
  if (typeof value !== "object" || value === null) return;
  if (left === 0) throw new Error(`it is nested more than ${mostDepth} deep`);
  for (const each of Object.values(value)) checkDepth(each, left - 1);
}

const mostJsonBytes = 256 * 1024 * 1024;
const mostDepth = 20;
