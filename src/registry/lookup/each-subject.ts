import { Proto4Error } from "../../diagnostics/index.js";
import { packagesKey, subjectPrefix, subjectsPrefix } from "../store/layout.js";
import { readSubject, type Subject } from "../store/read-subject.js";
import type { PackagesRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import { loadPackages } from "./find-owner.js";

/** Names of all subjects, sorted. @throws as `packagesOfAll` does */
export async function subjectNames(store: Store): Promise<readonly string[]> {
  return Object.keys(await packagesOfAll(store)).sort();
}

/**
 * The packages of every subject: each has some from its first version on.
 * @throws Proto4Error "store-invalid" where the index was emptied: what it led to is not nothing
 */
export async function packagesOfAll(store: Store): Promise<PackagesRecord> {
  const packages = await loadPackages(store);
  if (Object.keys(packages).length > 0 || (await store.keys(subjectsPrefix)).length === 0) return packages;
  // Whoever published the first one just now wrote both at once.
  const again = await loadPackages(store);
  if (Object.keys(again).length > 0) return again;
  throw new Proto4Error(
    "store-invalid",
    `the store holds subjects, and ${packagesKey} names none of them: "proto4 registry fsck --repair" adds them`,
  );
}

/**
 * Every subject, by name, a few in one request: with all their versions they may be more than a store gives in one
 * answer, and than memory holds. Each is of one moment; not all are of the same.
 */
export async function* eachSubject(store: Store): AsyncIterable<Subject> {
  for (const names of chunksOf(await subjectNames(store), atOnce)) {
    const found = await store.listAll(names.map(subjectPrefix));
    for (const [place, name] of names.entries()) {
      const subject = readSubject(name, found[place]!);
      if (subject !== undefined) yield subject;
    }
  }
}

/** Runs of some items. */
export function* chunksOf<T>(items: readonly T[], size: number): Iterable<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Of thousands of versions each, these are some megabytes. */
const atOnce = 16;
