import { blobsOf } from "../gone.js";
import { eachSubject } from "../lookup/each-subject.js";
import { findLayout } from "../registry.js";
import { blobsPrefix, digestIn, livePrefix, seenPrefix } from "../store/layout.js";
import type { Subject } from "../store/read-subject.js";
import type { Store } from "../store/store.js";

/** How much there is. */
export interface Stats {
  readonly layout: number;
  readonly subjects: readonly SubjectStats[];
  readonly blobs: number;
  /** Of all blobs, as they are stored. */
  readonly bytes: number;
  /** Instances that report now, and services by contract that were ever seen. */
  readonly live: number;
  readonly seen: number;
}

export interface SubjectStats {
  readonly name: string;
  readonly versions: number;
  readonly deleted: number;
  /** Of the last version. */
  readonly files: number;
  readonly packages: number;
  /** Of the longest chain: how many packs whoever reads its last version fetches. */
  readonly packs: number;
  /** Of all packs of all its versions, as they are stored. */
  readonly bytes: number;
}

/** Counts what a registry holds; reads all of it, a piece at a time. */
export async function loadStats(store: Store): Promise<Stats> {
  const sizes = await loadSizes(store);
  const subjects: SubjectStats[] = [];
  for await (const subject of eachSubject(store)) subjects.push(statsOf(subject, sizes));
  const count = async (prefix: string) =>
    (await store.keys(prefix)).filter((key) => !key.endsWith("/@since")).length;
  return {
    layout: await findLayout(store),
    subjects,
    blobs: sizes.size,
    bytes: sum([...sizes.values()]),
    live: await count(livePrefix),
    seen: await count(seenPrefix),
  };
}

function statsOf({ name, versions }: Subject, sizes: ReadonlyMap<string, number>): SubjectStats {
  return {
    name,
    versions: versions.length,
    deleted: versions.filter(({ deleted }) => deleted !== undefined).length,
    files: versions.at(-1)?.files ?? 0,
    packages: versions.at(-1)?.contracts.length ?? 0,
    packs: Math.max(...versions.map(({ packs }) => packs.length)),
    bytes: sum([...new Set(versions.flatMap(blobsOf))].map((digest) => sizes.get(digest) ?? 0)),
  };
}

/** A store tells no sizes without contents, so those are read by the first two digits of the digest. */
async function loadSizes(store: Store): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  const keys = await store.keys(blobsPrefix);
  for (const folder of new Set(keys.map((key) => key.slice(0, blobsPrefix.length + 3))))
    for (const { key, value } of await store.list(folder)) {
      const digest = digestIn(key);
      if (digest !== undefined) sizes.set(digest, (sizes.get(digest) ?? 0) + value.length);
    }
  return sizes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
