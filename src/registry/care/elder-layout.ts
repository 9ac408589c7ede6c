import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Proto4Error } from "../../diagnostics/index.js";
import { sha256 } from "../blob-cache.js";
import { blobKey } from "../store/layout.js";
import { type Contract, isDigest } from "../store/records.js";
import type { Store, StoreEntry } from "../store/store.js";

/** A version as layout 0 has it: a list of files by digest, and all descriptors packed. */
export interface ElderVersion {
  readonly seq: number;
  readonly publish: string;
  readonly manifest: string;
  readonly snapshot: string;
  readonly contracts: readonly Contract[];
  readonly by: string;
  readonly at: string;
}

/** A file of layout 0. */
export interface ElderFile {
  readonly path: string;
  readonly isImport: boolean;
  /** Digest of the source text, where there is one. */
  readonly source?: string | undefined;
}

/** @returns `undefined` for a record that is of this layout already */
export function readElderVersion(entry: StoreEntry): ElderVersion | undefined {
  const record = parse(entry.value, entry.key);
  if ("packs" in record) return undefined;
  const { seq, manifest, snapshot, contracts, ...texts } = record;
  const known =
    Number.isSafeInteger(seq) &&
    isDigest(manifest) &&
    isDigest(snapshot) &&
    Array.isArray(contracts) &&
    contracts.every((each) => typeof each?.package === "string" && isDigest(each.fingerprint)) &&
    [texts.publish, texts.by, texts.at].every((text) => typeof text === "string");
  if (!known) throw foreign(entry.key);
  return record as unknown as ElderVersion;
}

/** @returns files by path */
export async function loadElderFiles(store: Store, digest: string): Promise<ReadonlyMap<string, ElderFile>> {
  const { files } = parse(await loadElderBlob(store, digest), digest);
  if (!Array.isArray(files) || !files.every(isElderFile)) throw foreign(digest);
  return new Map(files.map((file) => [file.path, file]));
}

/** The subject of each package. */
export async function loadElderPackages(
  store: Store,
  entry: StoreEntry,
): Promise<Readonly<Record<string, string>>> {
  const { digest } = parse(entry.value, entry.key);
  if (!isDigest(digest)) throw foreign(entry.key);
  const owners = parse(await loadElderBlob(store, digest), digest);
  if (!Object.values(owners).every((owner) => typeof owner === "string")) throw foreign(digest);
  return owners as Readonly<Record<string, string>>;
}

/** Blobs were gzipped, and the digest is of what is in them. @throws Proto4Error "store-invalid" */
export async function loadElderBlob(store: Store, digest: string): Promise<Uint8Array> {
  const parts = await store.list(blobKey(digest));
  const packed = Buffer.concat(parts.map(({ value }) => value));
  const bytes = await unpack(packed, { maxOutputLength }).catch(() => undefined);
  if (bytes !== undefined && sha256(bytes) === digest) return bytes;
  throw new Proto4Error(
    "store-invalid",
    `the blob ${digest} of layout 0 is missing or damaged: restore the store from a backup before it is migrated`,
  );
}

function isElderFile(value: unknown): value is ElderFile {
  const { path, isImport, source } = Object(value) as Readonly<Record<string, unknown>>;
  const hasSource = source === undefined || isDigest(source);
  return typeof path === "string" && typeof isImport === "boolean" && hasSource;
}

function parse(bytes: Uint8Array, where: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {}
  throw foreign(where);
}

function foreign(where: string): Proto4Error {
  return new Proto4Error(
    "store-invalid",
    `${where} holds no record of layout 0: restore the store from a backup before it is migrated`,
  );
}

const unpack = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip);
const maxOutputLength = 512 * 1024 * 1024;
