import { Proto4Error } from "../../diagnostics/index.js";
import { subjectPrefix } from "../store/layout.js";
import { listMany } from "../store/list-many.js";
import { checkSubject, parseSubjectRef, type SubjectRef } from "../store/names.js";
import { readSubject, type Subject, standing, type Version } from "../store/read-subject.js";
import type { Store } from "../store/store.js";
import type { NamedVersion } from "./diff-versions.js";
import { chooseVersion, missingSubject } from "./find-subject.js";

/** One version of a subject, or its last ones. */
export type VersionsRef = SubjectRef | LastVersions;

export interface LastVersions {
  readonly subject: string;
  /** From 1; `Infinity` for all. */
  readonly last: number;
}

/**
 * Takes `owner/name`, `owner/name@3`, `owner/name@label` or `owner/name@last:3` apart; `@last:all` are all.
 * @throws Proto4Error "subject-invalid"
 */
export function parseVersionsRef(text: string): VersionsRef {
  const [subject = "", count] = text.split("@last:", 2);
  if (count === undefined) return parseSubjectRef(text);
  checkSubject(subject);
  if (count === "all") return { subject, last: Number.POSITIVE_INFINITY };
  if (/^[1-9]\d{0,5}$/.test(count)) return { subject, last: Number(count) };
  throw new Proto4Error(
    "subject-invalid",
    `"${count.slice(0, 80)}" is no number of versions: write ${subject}@last:3, or ${subject}@last:all`,
  );
}

/**
 * Finds versions of subjects: of each all of one moment, and 64 of them in one request.
 * @returns for each reference its versions, newest first; those that are deleted are passed over
 * @throws Proto4Error "subject-missing" for one that leads to none
 */
export async function findVersions(
  store: Store,
  refs: readonly VersionsRef[],
): Promise<readonly (readonly NamedVersion[])[]> {
  const subjects = await loadSubjects(store, [...new Set(refs.map(({ subject }) => subject))]);
  return refs.map((ref) => {
    const subject = subjects.get(ref.subject)!;
    return chooseVersions(subject, ref).map((version) => ({ subject: subject.name, version }));
  });
}

/** Newest first. @throws Proto4Error "subject-missing" where there are none */
export function chooseVersions(subject: Subject, ref: VersionsRef): readonly Version[] {
  return "last" in ref ? lastOf(subject, ref.last) : [chooseVersion(subject, ref.version)];
}

/** With none left, the error of who asks for the last one. */
function lastOf(subject: Subject, count: number): readonly Version[] {
  const versions = standing(subject).toReversed().slice(0, count);
  return versions.length === 0 ? [chooseVersion(subject, undefined)] : versions;
}

/** @throws Proto4Error "subject-missing" */
async function loadSubjects(store: Store, names: readonly string[]): Promise<ReadonlyMap<string, Subject>> {
  const found = await listMany(store, names.map(subjectPrefix));
  const subjects = new Map<string, Subject>();
  for (const [place, name] of names.entries()) {
    const subject = readSubject(name, found[place] ?? []);
    if (subject === undefined) throw await missingSubject(store, name);
    subjects.set(name, subject);
  }
  return subjects;
}
