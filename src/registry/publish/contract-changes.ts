import type { Contract, VersionRecord } from "../store/records.js";

/** What is new against the record before, deleted or not: by it readers know the rest. */
export function contractChanges(
  contracts: readonly Contract[],
  before: readonly Contract[],
): Pick<VersionRecord, "newContracts" | "leftPackages"> {
  const known = new Map(before.map((each) => [each.package, each.fingerprint]));
  const held = new Set(contracts.map((each) => each.package));
  return {
    newContracts: contracts.filter((each) => known.get(each.package) !== each.fingerprint),
    leftPackages: before.map((each) => each.package).filter((name) => !held.has(name)),
  };
}
