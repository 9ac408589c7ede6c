/** Where things stand in a store. Names that come in are checked before: see `subject.ts`. */
const root = "proto4/v1";

/** Changes with every transaction of the registry: the one key to watch. */
export const revKey = `${root}/rev`;

/** Changes when unreachable blobs are collected; a publish that began before starts again. */
export const gcKey = `${root}/gc`;

/** Which subject a package belongs to: the digest of the index. */
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

/** The key of a small blob, and the beginning of the keys of a large one's parts. */
export function blobKey(digest: string): string {
  return `${root}/blob/${digest.slice(0, 2)}/${digest}`;
}

/** Sorts by time. @param at ISO 8601, UTC */
export function auditKey(at: string, publishId: string): string {
  return `${root}/audit/${at.replace(/[-:.]/g, "")}-${publishId}`;
}
