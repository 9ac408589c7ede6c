import { Proto4Error } from "../../diagnostics/index.js";
import type { StoreEntry } from "./store.js";

/** A contract by name and digest. */
export interface Contract {
  readonly package: string;
  readonly fingerprint: string;
}

/** Which version of a subject is the last, and how the next one is judged. */
export interface Head {
  readonly seq: number;
  /** Of the publish that made it; a publish knows by it that it was the one. */
  readonly publish: string;
  readonly policy: SubjectPolicy;
  /** Id of what last changed the subject beside its versions' contents: it moves the head. */
  readonly amended?: string | undefined;
}

/** How versions of a subject are judged; what is not said is as in `proto4 check`. */
export interface SubjectPolicy {
  /** Categories and rules to ask. */
  readonly categories?: readonly string[] | undefined;
  /** As in `proto4 check --direction`. */
  readonly direction?: string | undefined;
  /** The text of a proto4.yaml: lifecycle, severities, tracked options. */
  readonly config?: string | undefined;
}

/** What was published; only `deleted` is ever added to it. */
export interface VersionRecord {
  readonly seq: number;
  readonly publish: string;
  /** Digests of the packs that hold its files, the base first; none for what was deleted hard. */
  readonly packs: readonly string[];
  /** How many files it has, imports included, and how many of them differ from the version before. */
  readonly files: number;
  readonly changedFiles: number;
  /** Contracts that the version before had not, or had otherwise, by package. */
  readonly newContracts: readonly Contract[];
  /** Packages that the version before had. */
  readonly leftPackages: readonly string[];
  /** What the version before had, and whose names cannot be reserved: tombstones. `loadGone` gives all of them. */
  readonly gone: readonly Gone[];
  /** Digest of the blob that has them where they are too many for a record; then there are none in it. */
  readonly goneIn?: string | undefined;
  readonly dependencies: readonly Dependency[];
  /** Why it was let pass although the gate refused it. */
  readonly forced?: Forced | undefined;
  readonly by: string;
  /** ISO 8601, UTC */
  readonly at: string;
  readonly deleted?: Deletion | undefined;
}

/** An element that left. */
export interface Gone {
  readonly kind: "message" | "enum" | "service" | "method";
  /** Its full name. */
  readonly name: string;
}

/** A subject whose packages are imported. */
export interface Dependency {
  readonly subject: string;
  /** Its newest version that has the files as they are imported; none where no version has them so. */
  readonly seq?: number | undefined;
}

export interface Forced {
  readonly reason: string;
  /** Ids of the findings that were passed over, the first ones where there are very many. */
  readonly findings: readonly string[];
  /** How many are not among them. */
  readonly more?: number | undefined;
}

/** A soft deletion hides a version and can be undone; a hard one gives up its files. */
export interface Deletion {
  readonly how: "soft" | "hard";
  readonly reason?: string | undefined;
  readonly by: string;
  readonly at: string;
}

export interface LabelRecord {
  readonly seq: number;
}

/** A finding that later publishes pass over. */
export interface Approval {
  readonly finding: string;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
  /** Last day, yyyy-mm-dd. */
  readonly expires?: string | undefined;
}

/** Whether unreachable blobs are being collected, and how often they were. */
export interface GcRecord {
  readonly epoch: number;
  readonly collecting: boolean;
}

/** Packages by the subject that they belong to. */
export type PackagesRecord = Readonly<Record<string, readonly string[]>>;

/** What somebody did. */
export interface AuditRecord {
  readonly action: string;
  readonly by: string;
  readonly at: string;
  readonly [detail: string]: unknown;
}

export function encodeRecord(record: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(record));
}

/** Each reader throws Proto4Error "store-invalid" when the entry holds something else. */
export function readHead(entry: StoreEntry): Head {
  const { seq, publish, policy = {}, amended } = parse(entry);
  const known = isSeq(seq) && isText(publish) && isPolicy(policy) && isTextOrNone(amended);
  if (!known) return foreign(entry);
  return { seq, publish, policy, ...(amended === undefined ? {} : { amended }) };
}

export function readVersion(entry: StoreEntry): VersionRecord {
  const record = parse(entry);
  const known =
    isSeq(record.seq) &&
    entry.key.endsWith(`/version/${record.seq}`) &&
    [record.publish, record.by, record.at].every(isText) &&
    isList(record.packs, isDigest) &&
    [record.files, record.changedFiles].every(isCount) &&
    isList(record.newContracts, isContract) &&
    isList(record.leftPackages, isText) &&
    isList(record.gone, isGone) &&
    (record.goneIn === undefined || isDigest(record.goneIn)) &&
    isList(record.dependencies, isDependency) &&
    (record.forced === undefined || isForced(record.forced)) &&
    (record.deleted === undefined || isDeletion(record.deleted));
  return known ? (record as unknown as VersionRecord) : foreign(entry);
}

export function readLabel(entry: StoreEntry): LabelRecord {
  const { seq } = parse(entry);
  return isSeq(seq) ? { seq } : foreign(entry);
}

export function readApproval(entry: StoreEntry): Approval {
  const record = parse(entry);
  const known =
    [record.finding, record.reason, record.by, record.at].every(isText) && isTextOrNone(record.expires);
  return known ? (record as unknown as Approval) : foreign(entry);
}

export function readGc(entry: StoreEntry): GcRecord {
  const { epoch, collecting } = parse(entry);
  return isCount(epoch) && typeof collecting === "boolean" ? { epoch, collecting } : foreign(entry);
}

export function readPackages(entry: StoreEntry): PackagesRecord {
  const record = parse(entry);
  return Object.values(record).every((names) => isList(names, isText))
    ? (record as PackagesRecord)
    : foreign(entry);
}

export function readAudit(entry: StoreEntry): AuditRecord {
  const record = parse(entry);
  return [record.action, record.by, record.at].every(isText) ? (record as AuditRecord) : foreign(entry);
}

/** @returns the number of the layout */
export function readLayout(entry: StoreEntry): number {
  const { layout } = parse(entry);
  return isCount(layout) ? layout : foreign(entry);
}

export function isDigest(value: unknown): value is string {
  return isText(value) && /^[0-9a-f]{64}$/.test(value);
}

function isPolicy(value: unknown): value is SubjectPolicy {
  const { categories, direction, config } = fieldsOf(value);
  return (
    isRecord(value) &&
    (categories === undefined || isList(categories, isText)) &&
    isTextOrNone(direction) &&
    isTextOrNone(config)
  );
}

function isContract(value: unknown): value is Contract {
  const { package: name, fingerprint } = fieldsOf(value);
  return isText(name) && isDigest(fingerprint);
}

export function isGone(value: unknown): value is Gone {
  const { kind, name } = fieldsOf(value);
  return isText(name) && ["message", "enum", "service", "method"].includes(kind as string);
}

function isDependency(value: unknown): value is Dependency {
  const { subject, seq } = fieldsOf(value);
  return isText(subject) && (seq === undefined || isSeq(seq));
}

function isForced(value: unknown): value is Forced {
  const { reason, findings, more } = fieldsOf(value);
  return isText(reason) && isList(findings, isText) && (more === undefined || isCount(more));
}

function isDeletion(value: unknown): value is Deletion {
  const { how, reason, by, at } = fieldsOf(value);
  return (how === "soft" || how === "hard") && isTextOrNone(reason) && isText(by) && isText(at);
}

export function isList<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem);
}

function isSeq(value: unknown): value is number {
  return isCount(value) && value > 0;
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isTextOrNone(value: unknown): value is string | undefined {
  return value === undefined || isText(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function parse(entry: StoreEntry): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(utf8.decode(entry.value));
    if (isRecord(value)) return value;
  } catch {}
  return foreign(entry);
}

function foreign(entry: StoreEntry): never {
  throw new Proto4Error(
    "store-invalid",
    `the store holds at ${entry.key} what this proto4 cannot read: a newer proto4 or another program wrote it; "proto4 registry fsck" says what else is wrong`,
  );
}

/** One for all: to make it takes longer than to use it. */
const utf8 = new TextDecoder();
