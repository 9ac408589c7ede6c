import { Proto4Error } from "../../diagnostics/index.js";
import { headKey, subjectPrefix, versionKey } from "./layout.js";
import { type Head, readHead, readLabel, readVersion, type VersionRecord } from "./records.js";
import type { Store, StoreEntry } from "./store.js";

/** What a registry holds of a subject. */
export interface Subject {
  readonly name: string;
  readonly head: Head;
  /** The first one first; the head's is the last, and there. */
  readonly versions: readonly VersionRecord[];
  /** The number of the version that each label stands at. */
  readonly labels: ReadonlyMap<string, number>;
}

/** @returns `undefined` when nothing was ever published under the name */
export async function loadSubject(store: Store, name: string): Promise<Subject | undefined> {
  return readSubject(name, await store.list(subjectPrefix(name)));
}

/**
 * @param entries those of the subject, from one list, so that they fit each other
 * @throws Proto4Error "store-invalid"
 */
export function readSubject(name: string, entries: readonly StoreEntry[]): Subject | undefined {
  const head = entries.find(({ key }) => key === headKey(name));
  if (head === undefined) return undefined;
  const { seq } = readHead(head);
  if (!entries.some(({ key }) => key === versionKey(name, seq))) throw lacksVersion(name, seq);
  const under = (part: string) =>
    entries.filter(({ key }) => key.startsWith(`${subjectPrefix(name)}${part}/`));
  return {
    name,
    head: readHead(head),
    versions: under("version")
      .map(readVersion)
      .sort((a, b) => a.seq - b.seq),
    labels: new Map(under("label").map((entry) => [entry.key.split("/").at(-1)!, readLabel(entry).seq])),
  };
}

/** The error for a head without its version. */
export function lacksVersion(subject: string, seq: number): Proto4Error {
  return new Proto4Error(
    "store-invalid",
    `the store lacks ${versionKey(subject, seq)}, at which the head of ${subject} stands; restore it from a backup`,
  );
}
