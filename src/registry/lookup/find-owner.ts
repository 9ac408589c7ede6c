import { ownersOf } from "../publish/claim-packages.js";
import { packagesKey } from "../store/layout.js";
import { type PackagesRecord, readPackages } from "../store/records.js";
import type { Freshness, Store } from "../store/store.js";

/** Which packages belong to which subject. */
export async function loadPackages(store: Store, freshness?: Freshness): Promise<PackagesRecord> {
  const entry = await store.get(packagesKey, freshness);
  return entry === undefined ? {} : readPackages(entry);
}

/** The subject of the longest package that a full name begins with. */
export function findOwner(packages: PackagesRecord, name: string): string | undefined {
  const owners = ownersOf(packages);
  for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
    const owner = owners.get(name.slice(0, end));
    if (owner !== undefined) return owner;
  }
  return undefined;
}
