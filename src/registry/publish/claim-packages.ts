import { Proto4Error } from "../../diagnostics/index.js";
import type { PackagesRecord } from "../store/records.js";

/**
 * Claims packages for a subject; what it claimed once stays its own.
 * @returns the record to be written, or `undefined` when all are its already
 * @throws Proto4Error "package-claimed"
 */
export function claimPackages(
  record: PackagesRecord,
  subject: string,
  packages: readonly string[],
): PackagesRecord | undefined {
  const owners = ownersOf(record);
  for (const name of packages) {
    const owner = owners.get(name) ?? subject;
    if (owner !== subject) throw claimed(name, owner);
  }
  if (packages.every((name) => owners.has(name))) return undefined;
  const own = [...new Set([...(record[subject] ?? []), ...packages])].sort();
  return Object.fromEntries(
    Object.entries({ ...record, [subject]: own }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The subject of each package. */
export function ownersOf(record: PackagesRecord): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(record).flatMap(([subject, names]) => names.map((name) => [name, subject] as const)),
  );
}

function claimed(name: string, owner: string): Proto4Error {
  return new Proto4Error(
    "package-claimed",
    `package ${name} belongs to the subject ${owner}: push it there, or leave its files out; an image of protoc's counts imports as its own, one of buf's does not`,
  );
}
