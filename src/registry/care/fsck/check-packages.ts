import { claimPackages, ownersOf } from "../../publish/claim-packages.js";
import { packagesKey } from "../../store/layout.js";
import type { Subject } from "../../store/read-subject.js";
import { encodeRecord, type PackagesRecord, readPackages } from "../../store/records.js";
import type { StoreEntry } from "../../store/store.js";
import type { Problem } from "./problem.js";

/** Each package of each last version belongs to its subject. */
export function checkPackages(
  subjects: readonly Subject[],
  entries: readonly StoreEntry[],
): readonly Problem[] {
  const entry = entries.find(({ key }) => key === packagesKey);
  let record: PackagesRecord = {};
  try {
    if (entry !== undefined) record = readPackages(entry);
  } catch {
    return []; // told already
  }
  const owners = ownersOf(record);
  const strange: Problem[] = [];
  let mended = record;
  for (const { name, versions } of subjects) {
    const packages = versions.at(-1)?.contracts.map((contract) => contract.package) ?? [];
    const taken = packages.filter((each) => (owners.get(each) ?? name) !== name);
    for (const each of taken)
      strange.push({
        where: packagesKey,
        message: `package ${each} of ${name} belongs to ${owners.get(each)}, it says: decide whose it is`,
      });
    if (taken.length === 0) mended = claimPackages(mended, name, packages) ?? mended;
  }
  if (mended === record) return strange;
  const value = encodeRecord(mended);
  const repair = [{ verb: "compare-and-set", key: packagesKey, value, index: entry?.index ?? 0 }] as const;
  return [
    ...strange,
    { where: packagesKey, message: "packages of versions are missing: --repair adds them", repair },
  ];
}
