/** Where things stand in a store. Names that come in are checked before: see `names.ts`. */
export const root = "proto4/v1";

/** Which layout the store has. What was written before there was one is layout 0. */
export const layoutKey = `${root}/layout`;

/** Changes with every transaction of the registry: the one key to watch. */
export const revKey = `${root}/rev`;

/** Changes when unreachable blobs are collected; a publish that began before starts again. */
export const gcKey = `${root}/gc`;

/** Held under a lease by whoever collects. */
export const gcLockKey = `${root}/gc-lock`;

/** Which subject a package belongs to. */
export const packagesKey = `${root}/packages`;

/** Everything of all subjects. */
export const subjectsPrefix = `${root}/subject/`;

export function subjectPrefix(subject: string): string {
  return `${subjectsPrefix}${subject}/`;
}

/** The compare-and-set point of a subject. */
export function headKey(subject: string): string {
  return `${subjectPrefix(subject)}head`;
}

export function versionKey(subject: string, seq: number): string {
  return `${subjectPrefix(subject)}version/${seq}`;
}

export function labelKey(subject: string, label: string): string {
  return `${subjectPrefix(subject)}label/${label}`;
}

/** @param finding a finding id */
export function approvalKey(subject: string, finding: string): string {
  return `${subjectPrefix(subject)}approval/${finding}`;
}

export const blobsPrefix = `${root}/blob/`;

/** The key of a small blob, and the beginning of the keys of a large one's parts. */
export function blobKey(digest: string): string {
  return `${blobsPrefix}${digest.slice(0, 2)}/${digest}`;
}

/** @returns the digest that a key of a blob, or of a part of one, bears; `undefined` for other keys */
export function digestIn(key: string): string | undefined {
  if (!key.startsWith(blobsPrefix)) return undefined;
  const [, folder, digest] = blobPattern.exec(key.slice(blobsPrefix.length)) ?? [];
  return digest?.slice(0, 2) === folder ? digest : undefined;
}

const blobPattern = /^([0-9a-f]{2})\/([0-9a-f]{64})(?:\/\d{6})?$/;

export const auditPrefix = `${root}/audit/`;

/** Sorts by time, and ends with the subject, so that who asks for one reads no others. @param at ISO 8601, UTC */
export function auditKey(at: string, publishId: string, subject?: string): string {
  const key = `${auditPrefix}${at.replace(/[-:.]/g, "")}-${publishId}`;
  return subject === undefined ? key : `${key}~${subject.replace("/", "~")}`;
}

/** @returns `undefined` where the key names none: the record may, if an elder proto4 wrote it */
export function subjectOfAudit(key: string): string | undefined {
  const [, owner, name] = /~([^~/]+)~([^~/]+)$/.exec(key) ?? [];
  return owner === undefined ? undefined : `${owner}/${name}`;
}

export const environmentsPrefix = `${root}/env/`;

export function environmentKey(environment: string): string {
  return `${environmentsPrefix}${environment}`;
}

export const livePrefix = `${root}/live/`;

export const seenPrefix = `${root}/seen/`;
