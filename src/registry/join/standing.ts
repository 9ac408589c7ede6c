import { Proto4Error } from "../../diagnostics/index.js";
import { packagesKey } from "../store/layout.js";
import { loadSubject, type Subject, standing, type Version } from "../store/read-subject.js";
import { type Contract, readPackages } from "../store/records.js";
import type { Store } from "../store/store.js";
import type { JoinPlan, PlannedContract } from "./request.js";

/** Where a contract of a service stands in the registry. */
export interface Standing extends Contract {
  /** `undefined` when no subject has the package. */
  readonly subject: string | undefined;
  /** Numbers of the versions with this very contract, the first one first; none when it is unknown. */
  readonly versions: readonly number[];
  /** Number of the last version that is not deleted; `undefined` when the registry has none of the subject. */
  readonly head: number | undefined;
  /** Whether the last version has this very contract. */
  readonly current: boolean;
  /** For a log: what was found, and what to do where something is to be done. */
  readonly message: string;
}

/** Asks the registry for every contract of the service. */
export async function loadStandings(store: Store, plan: JoinPlan): Promise<readonly Standing[]> {
  const named: { readonly contract: PlannedContract; readonly subject: string | undefined }[] = [];
  const subjects = new Map<string, Subject | undefined>();
  // One after the other: each instance keeps the connections that it has opened.
  for (const contract of plan.contracts) {
    const subject = contract.subject ?? (await findOwner(store, contract.package));
    if (subject !== undefined && !subjects.has(subject))
      subjects.set(subject, await loadSubject(store, subject));
    named.push({ contract, subject });
  }
  return named.map(({ contract, subject }) =>
    subject === undefined ? homeless(contract) : judge(contract, subject, subjects.get(subject)),
  );
}

/** Whether the registry holds every contract. */
export function allKnown(standings: readonly Standing[]): boolean {
  return standings.every(({ versions }) => versions.length > 0);
}

/** @returns `undefined` when the package belongs to nobody */
async function findOwner(store: Store, name: string): Promise<string | undefined> {
  const entry = await store.get(packagesKey);
  const owners = Object.entries(entry === undefined ? {} : readPackages(entry));
  return owners.find(([, packages]) => packages.includes(name))?.[0];
}

function homeless({ package: name, fingerprint }: PlannedContract): Standing {
  const message = `no subject of the registry has package ${name}: push it first, or correct the name`;
  return {
    package: name,
    fingerprint,
    subject: undefined,
    versions: [],
    head: undefined,
    current: false,
    message,
  };
}

function judge(contract: PlannedContract, name: string, subject: Subject | undefined): Standing {
  const { package: packageName, fingerprint } = contract;
  const base = { package: packageName, fingerprint, subject: name };
  if (subject === undefined) {
    const message = `the registry has no subject ${name}: push it first, or correct the name`;
    return { ...base, versions: [], head: undefined, current: false, message };
  }
  const last = standing(subject).at(-1);
  const found = subject.versions.filter(({ contracts }) => contracts.some((each) => equals(each, contract)));
  const versions = found.map(({ seq }) => seq);
  const current = last !== undefined && versions.includes(last.seq);
  return { ...base, versions, head: last?.seq, current, message: tell(subject, contract, found, last) };
}

function equals(a: Contract, b: Contract): boolean {
  return a.package === b.package && a.fingerprint === b.fingerprint;
}

function tell(
  { name }: Subject,
  contract: Contract,
  found: readonly Version[],
  last: Version | undefined,
): string {
  if (last === undefined)
    return `all versions of ${name} are deleted: push the contract again, or restore one`;
  const { seq, contracts } = last;
  if (found.includes(last)) return `${contract.package} is that of ${name}@${seq}, the last version`;
  const known = found.at(-1);
  if (known !== undefined) {
    const gone = known.deleted === undefined ? "" : ", which is deleted";
    return `${contract.package} is that of ${name}@${known.seq}${gone}; the last version is ${seq}`;
  }
  const same = contracts.find((each) => each.package === contract.package);
  return same === undefined
    ? `${name}@${seq} has no package ${contract.package}, but ${contracts.map((each) => each.package).join(", ")}: correct the subject or the package`
    : `no version of ${name} has ${contract.package} with fingerprint ${contract.fingerprint}; version ${seq}, the last, has ${same.fingerprint}: push the contract, or generate the code from what "proto4 registry pull ${name}" writes`;
}

/** @throws Proto4Error "contract-unknown" */
export function refuseUnknown(standings: readonly Standing[]): void {
  const unknown = standings.filter(({ versions }) => versions.length === 0);
  if (unknown.length === 0) return;
  throw new Proto4Error("contract-unknown", unknown.map(({ message }) => message).join("; "));
}
