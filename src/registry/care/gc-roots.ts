import { blobsOf } from "../gone.js";
import { headKey, packagesKey, subjectsPrefix } from "../store/layout.js";
import { readHead, readPackages, readVersion } from "../store/records.js";
import type { Store, StoreEntry } from "../store/store.js";

/** What is reachable, and what speaks against believing that it is all. */
export interface Roots {
  /** Digests of the blobs of all versions: packs, of those that are not deleted hard, and names that left. */
  readonly reachable: ReadonlySet<string>;
  /** What should be there and is not seen: by a token that may read a part only, all of it may be. */
  readonly unseen: readonly string[];
  readonly subjects: number;
}

/**
 * Reads which blobs versions need, of one moment.
 * @throws Proto4Error "store-invalid" for a record that cannot be read: nobody knows what it needs
 */
export async function loadRoots(store: Store): Promise<Roots> {
  const [entries = [], packages = []] = await store.listAll([subjectsPrefix, packagesKey]);
  const known = new Set(entries.map(({ key }) => key));
  const reachable = new Set<string>();
  for (const entry of entries)
    if (versionPattern.test(entry.key))
      for (const digest of blobsOf(readVersion(entry))) reachable.add(digest);
  const heads = entries.filter(({ key }) => headPattern.test(key));
  return {
    reachable,
    unseen: [...unseenSubjects(packages, known), ...heads.flatMap((head) => unseenVersions(head, known))],
    subjects: heads.length,
  };
}

/** Every subject has packages from its first version on. */
function unseenSubjects(packages: readonly StoreEntry[], known: ReadonlySet<string>): readonly string[] {
  const named = packages.flatMap((entry) => Object.keys(readPackages(entry)));
  return named.filter((name) => !known.has(headKey(name))).map((name) => `the subject ${name}`);
}

/** A version's record stays, whatever becomes of it. */
function unseenVersions(head: StoreEntry, known: ReadonlySet<string>): readonly string[] {
  const prefix = head.key.slice(0, -"head".length);
  const name = prefix.slice(subjectsPrefix.length, -1);
  const unseen: string[] = [];
  for (let seq = readHead(head).seq; seq > 0 && unseen.length < mostNamed; seq--)
    if (!known.has(`${prefix}version/${seq}`)) unseen.push(`${name}@${seq}`);
  return unseen;
}

const versionPattern = /^proto4\/v1\/subject\/[^/]+\/[^/]+\/version\/[^/]+$/;
const headPattern = /^proto4\/v1\/subject\/[^/]+\/[^/]+\/head$/;
const mostNamed = 10;
