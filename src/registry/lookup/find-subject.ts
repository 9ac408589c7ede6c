import { Proto4Error } from "../../diagnostics/index.js";
import { nearestFirst } from "../../gate/index.js";
import { subjectsPrefix } from "../store/layout.js";
import { checkSubject, type SubjectRef } from "../store/names.js";
import { loadSubject, readSubject, type Subject, standing, type Version } from "../store/read-subject.js";
import type { Freshness, Store, StoreEntry } from "../store/store.js";
import { subjectNames } from "./each-subject.js";
import { tellVersions } from "./tell-versions.js";

/** @param entries those of all subjects, from one moment */
export function readSubjects(entries: readonly StoreEntry[]): readonly Subject[] {
  const groups = new Map<string, StoreEntry[]>();
  for (const entry of entries) {
    const name = entry.key.slice(subjectsPrefix.length).split("/", 2).join("/");
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [entry]);
    else group.push(entry);
  }
  return [...groups].flatMap(([name, group]) => readSubject(name, group) ?? []);
}

/** @throws Proto4Error "subject-invalid", "subject-missing" */
export async function findSubject(store: Store, name: string, freshness?: Freshness): Promise<Subject> {
  checkSubject(name);
  const subject = await loadSubject(store, name, freshness);
  // Another server may not know yet what this one was told.
  if (subject === undefined && freshness === "stale") return findSubject(store, name);
  if (subject !== undefined) return subject;
  throw await missingSubject(store, name);
}

/** The error for a subject that is not there, with those that are, the ones called most like it first. */
export async function missingSubject(store: Store, name: string): Promise<Proto4Error> {
  const names = await subjectNames(store);
  const near = nearestFirst(name, names);
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  const held = names.length === 0 ? "it is empty" : `it holds ${near.slice(0, mostNamed).join(", ")}${more}`;
  return new Proto4Error(
    "subject-missing",
    `the registry has no subject ${name}: ${held}; the first push makes one`,
  );
}

/** @throws Proto4Error "subject-missing" when the subject or the version is not there, or is deleted */
export async function findVersion(store: Store, ref: SubjectRef, freshness?: Freshness): Promise<Version> {
  const subject = await findSubject(store, ref.subject, freshness);
  return chooseVersion(subject, ref.version);
}

/**
 * @param wanted a number, a label, or `undefined` for the last version that is not deleted
 * @throws Proto4Error "subject-missing"
 */
export function chooseVersion(subject: Subject, wanted: number | string | undefined): Version {
  const { labels, versions } = subject;
  const there = standing(subject);
  const seq = typeof wanted === "string" ? labels.get(wanted) : (wanted ?? there.at(-1)?.seq);
  const version = versions.find((each) => each.seq === seq);
  if (version?.deleted !== undefined) throw deleted(subject, version);
  if (version !== undefined) return version;
  const seqs = tellVersions(there.map((each) => each.seq));
  const known = [seqs, ...labels.keys()].filter(Boolean).join(", ") || "none";
  throw new Proto4Error(
    "subject-missing",
    `${subject.name} has no version ${wanted ?? "that is not deleted"}: it has ${known}`,
  );
}

function deleted({ name }: Subject, { seq, deleted }: Version): Proto4Error {
  const { how, by, at, reason } = deleted!;
  const because = reason === undefined ? "" : ` (${reason})`;
  const undo = how === "soft" ? `; "proto4 registry restore ${name}@${seq}" brings it back` : "";
  return new Proto4Error(
    "subject-missing",
    `${name}@${seq} was deleted by ${by} on ${at.slice(0, 10)}${because}${undo}`,
  );
}

const mostNamed = 10;
