import { ownersOf } from "../publish/claim-packages.js";
import { packagesKey } from "../store/layout.js";
import { type PackagesRecord, readPackages } from "../store/records.js";
import type { Store } from "../store/store.js";

/** Which packages belong to which subject. */
export async function loadPackages(store: Store): Promise<PackagesRecord> {
  const entry = await store.get(packagesKey);
  return entry === undefined ? {} : readPackages(entry);
}

/** Gives the subject of the longest package that a full name begins with. */
export type OwnerFinder = (name: string) => string | undefined;

export function makeOwnerFinder(packages: PackagesRecord): OwnerFinder {
  const owners = ownersOf(packages);
  return (name) => {
    for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
      const owner = owners.get(name.slice(0, end));
      if (owner !== undefined) return owner;
    }
    return undefined;
  };
}
