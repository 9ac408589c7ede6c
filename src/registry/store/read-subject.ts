import { headKey, subjectPrefix } from "./layout.js";
import { type Head, readHead, readLabel, readVersion, type VersionRecord } from "./records.js";
import type { Store, StoreEntry } from "./store.js";

/** What a registry holds of a subject. */
export interface Subject {
  readonly name: string;
  readonly head: Head;
  /** The first one first. */
  readonly versions: readonly VersionRecord[];
  /** The number of the version that each label stands at. */
  readonly labels: ReadonlyMap<string, number>;
}

/** @returns `undefined` when nothing was ever published under the name */
export async function loadSubject(store: Store, name: string): Promise<Subject | undefined> {
  return readSubject(name, await store.list(subjectPrefix(name)));
}

/** @param entries those of the subject, from one list, so that they fit each other */
export function readSubject(name: string, entries: readonly StoreEntry[]): Subject | undefined {
  const head = entries.find(({ key }) => key === headKey(name));
  if (head === undefined) return undefined;
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
