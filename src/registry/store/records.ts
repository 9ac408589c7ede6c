import { Proto4Error } from "../../diagnostics/index.js";
import type { StoreEntry } from "./store.js";

/** A contract by name and digest. */
export interface Contract {
  readonly package: string;
  readonly fingerprint: string;
}

/** Which version of a subject is the last. */
export interface Head {
  readonly seq: number;
  /** Of the publish that made it; a publish knows by it that it was the one. */
  readonly publish: string;
}

/** What was published; never changes. */
export interface VersionRecord {
  readonly seq: number;
  readonly publish: string;
  /** Digest of the manifest: the files one by one. */
  readonly manifest: string;
  /** Digest of the packed image: all files at once. */
  readonly snapshot: string;
  /** A contract for each package of the subject, by name. */
  readonly contracts: readonly Contract[];
  readonly by: string;
  /** ISO 8601, UTC */
  readonly at: string;
}

export interface LabelRecord {
  readonly seq: number;
}

export interface PackagesRecord {
  readonly digest: string;
}

export function encodeRecord(record: object): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(record));
}

/** Each reader throws Proto4Error "store-invalid" when the entry holds something else. */
export function readHead(entry: StoreEntry): Head {
  const { seq, publish } = parse(entry);
  return isSeq(seq) && isText(publish) ? { seq, publish } : foreign(entry);
}

export function readVersion(entry: StoreEntry): VersionRecord {
  const { seq, publish, manifest, snapshot, contracts, by, at } = parse(entry);
  if (!isSeq(seq) || !isText(publish) || !isText(by) || !isText(at)) return foreign(entry);
  if (!isDigest(manifest) || !isDigest(snapshot) || !isContracts(contracts)) return foreign(entry);
  return { seq, publish, manifest, snapshot, contracts, by, at };
}

export function readLabel(entry: StoreEntry): LabelRecord {
  const { seq } = parse(entry);
  return isSeq(seq) ? { seq } : foreign(entry);
}

export function readPackages(entry: StoreEntry): PackagesRecord {
  const { digest } = parse(entry);
  return isDigest(digest) ? { digest } : foreign(entry);
}

export function isDigest(value: unknown): value is string {
  return isText(value) && /^[0-9a-f]{64}$/.test(value);
}

function isContracts(value: unknown): value is readonly Contract[] {
  return Array.isArray(value) && value.every((each) => isText(each?.package) && isText(each.fingerprint));
}

function isSeq(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function parse(entry: StoreEntry): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(entry.value));
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {}
  return foreign(entry);
}

function foreign(entry: StoreEntry): never {
  throw new Proto4Error(
    "store-invalid",
    `the store holds at ${entry.key} what this proto4 cannot read: a newer proto4 or another program wrote it`,
  );
}
