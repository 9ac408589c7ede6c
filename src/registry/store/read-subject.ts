import { Proto4Error } from "../../diagnostics/index.js";
import { remembering } from "./known-records.js";
import { subjectPrefix, versionKey } from "./layout.js";
import {
  type Approval,
  type Contract,
  type Head,
  readApproval,
  readHead,
  readLabel,
  readVersion,
  type VersionRecord,
} from "./records.js";
import type { Freshness, Store, StoreEntry } from "./store.js";

/** What a registry holds of a subject. */
export interface Subject {
  readonly name: string;
  readonly head: Head;
  /** The first one first, deleted ones too; the head's is the last, and there. */
  readonly versions: readonly Version[];
  /** The number of the version that each label stands at. */
  readonly labels: ReadonlyMap<string, number>;
  readonly approvals: readonly Approval[];
}

/** A version with all its contracts, where a record has only those that are new in it. */
export interface Version extends VersionRecord {
  /** A contract for each package of the subject, by name. */
  readonly contracts: readonly Contract[];
}

/** @returns `undefined` when nothing was ever published under the name */
export async function loadSubject(
  store: Store,
  name: string,
  freshness?: Freshness,
): Promise<Subject | undefined> {
  return readSubject(name, await store.list(subjectPrefix(name), freshness));
}

/**
 * @param entries those of the subject, from one moment, so that they fit each other
 * @throws Proto4Error "store-invalid"
 */
export function readSubject(name: string, entries: readonly StoreEntry[]): Subject | undefined {
  const prefix = subjectPrefix(name);
  const under = (part: string) => {
    const start = prefix + part;
    return entries.filter(({ key }) => key.startsWith(start));
  };
  const [entry] = under("head");
  if (entry === undefined) return undefined;
  const head = readKnownHead(entry);
  const versions = under("version/")
    .map(readKnownVersion)
    .sort((a, b) => a.seq - b.seq);
  if (!versions.some(({ seq }) => seq === head.seq)) throw lacksVersion(name, head.seq);
  return {
    name,
    head,
    versions: unfold(versions),
    labels: new Map(under("label/").map((each) => [each.key.split("/").at(-1)!, readLabel(each).seq])),
    approvals: under("approval/").map(readApproval),
  };
}

/** What is there to be read: neither the deleted ones nor, where all are, any. */
export function standing({ versions }: Subject): readonly Version[] {
  return versions.filter(({ deleted }) => deleted === undefined);
}

/** The error for a head without its version. */
function lacksVersion(subject: string, seq: number): Proto4Error {
  return new Proto4Error(
    "store-invalid",
    `the store lacks ${versionKey(subject, seq)}, at which the head of ${subject} stands; restore it from a backup`,
  );
}

/** Most versions change few contracts, so each record says what is new, and the first one says all. */
function unfold(records: readonly VersionRecord[]): readonly Version[] {
  let all = none;
  return records.map((record) => {
    const known = unfolded.get(record);
    const version =
      known?.before === all ? known.version : { ...record, contracts: withChanges(all, record) };
    unfolded.set(record, { before: all, version });
    all = version.contracts;
    return version;
  });
}

const none: readonly Contract[] = [];

const readKnownHead = remembering(readHead);
const readKnownVersion = remembering(readVersion);

/** What a record came to on top of these contracts, as long as the record is remembered. */
const unfolded = new WeakMap<
  VersionRecord,
  { readonly before: readonly Contract[]; readonly version: Version }
>();

/** The contracts of a version, from those of the one before and what its record says is new. */
export function withChanges(
  before: readonly Contract[],
  { newContracts, leftPackages }: VersionRecord,
): readonly Contract[] {
  if (newContracts.length + leftPackages.length === 0) return before;
  const packages = new Map(before.map((contract) => [contract.package, contract]));
  for (const name of leftPackages) packages.delete(name);
  for (const contract of newContracts) packages.set(contract.package, contract);
  return [...packages.values()].sort((a, b) => (a.package < b.package ? -1 : 1));
}
