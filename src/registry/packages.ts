import { Proto4Error } from "../diagnostics/index.js";
import { type Blob, makeBlob, readBlob } from "./blobs.js";
import { packagesKey } from "./store/layout.js";
import { readPackages } from "./store/records.js";
import type { Store } from "./store/store.js";

/** Which subject each package belongs to, and the store's index of that fact. */
export interface Packages {
  readonly subjects: ReadonlyMap<string, string>;
  /** To be compared when it is written; 0 when there is none yet. */
  readonly index: number;
}

export async function loadPackages(store: Store): Promise<Packages> {
  const entry = await store.get(packagesKey);
  if (entry === undefined) return { subjects: new Map(), index: 0 };
  const { digest } = readPackages(entry);
  const subjects = Object.entries(parse(await readBlob(store, digest), digest));
  return { subjects: new Map(subjects), index: entry.index };
}

/**
 * Claims packages for a subject; what it claimed once stays its own.
 * @returns the index to be written, or `undefined` when all are its already
 * @throws Proto4Error "package-claimed"
 */
export function claimPackages(
  { subjects }: Packages,
  subject: string,
  packages: readonly string[],
): Blob | undefined {
  for (const name of packages) {
    const owner = subjects.get(name) ?? subject;
    if (owner !== subject) throw claimed(name, owner);
  }
  if (packages.every((name) => subjects.has(name))) return undefined;
  const all = new Map([...subjects, ...packages.map((name) => [name, subject] as const)]);
  return makeBlob(JSON.stringify(Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1)))));
}

function parse(bytes: Uint8Array, digest: string): Readonly<Record<string, string>> {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (Object.values(Object(value)).every((owner) => typeof owner === "string"))
    return value as Readonly<Record<string, string>>;
  throw new Proto4Error(
    "store-invalid",
    `the blob ${digest} is no index of packages that this proto4 can read`,
  );
}

function claimed(name: string, owner: string): Proto4Error {
  return new Proto4Error(
    "package-claimed",
    `package ${name} belongs to the subject ${owner}: push it there, or leave its files out; an image of protoc's counts imports as its own, one of buf's does not`,
  );
}
