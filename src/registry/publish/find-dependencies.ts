import type { FileSlice, Image } from "../../image/index.js";
import { loadChain } from "../lookup/load-chain.js";
import { shapeOf } from "../pack/index.js";
import type { Registry } from "../registry.js";
import { revKey, subjectPrefix, versionKey } from "../store/layout.js";
import { listMany } from "../store/list-many.js";
import { readSubject, type Subject, standing } from "../store/read-subject.js";
import type { Dependency, PackagesRecord } from "../store/records.js";
import type { StoreEntry, StoreOperation } from "../store/store.js";
import { ownersOf } from "./claim-packages.js";
import { isCommon } from "./own-packages.js";

/** What is known of the version before. */
export interface Known {
  /** They hold where its imports are still the same. */
  readonly before: readonly Dependency[];
  /** Paths of the files that differ. */
  readonly changed: ReadonlySet<string>;
}

/** What an image builds on, and what a publish has to hold still for it. */
export interface Dependencies {
  readonly dependencies: readonly Dependency[];
  /**
   * That the versions which were found now are still as they were: one that is deleted meanwhile is none to build on.
   * Those known before need no guard: the version before imports them, so they are not deleted without force.
   */
  readonly guards: readonly StoreOperation[];
  /** Index of the registry's revision, in place of guards where a transaction could not take so many. */
  readonly revision: number | undefined;
}

/** The subjects whose packages an image imports, and which of their versions has the imported files so. */
export async function findDependencies(
  registry: Registry,
  image: Image,
  packages: PackagesRecord,
  { before, changed }: Known,
): Promise<Dependencies> {
  const imports = importsBySubject(image, ownersOf(packages));
  const known = new Map(before.map((dependency) => [dependency.subject, dependency]));
  const same = (name: string) =>
    known.get(name)?.seq !== undefined && !imports.get(name)!.some(({ path }) => changed.has(path));
  const names = [...imports.keys()].sort();
  const asked = names.filter((name) => !same(name));
  const { revision, subjects } = await loadSubjects(registry, asked);
  const found = new Map<string, Dependency>();
  const guards: StoreOperation[] = [];
  for (const { subject, entries } of subjects) {
    const dependency = await findSource(registry, subject, imports.get(subject.name)!);
    found.set(subject.name, dependency);
    guards.push(...entries.filter(({ key }) => isOf(dependency, key)).map(unmoved));
  }
  const dependencies = names.map((name) => found.get(name) ?? known.get(name) ?? { subject: name });
  return guards.length > mostGuards
    ? { dependencies, guards: [], revision }
    : { dependencies, guards, revision: undefined };
}

function isOf({ subject, seq }: Dependency, key: string): boolean {
  return seq !== undefined && key === versionKey(subject, seq);
}

function unmoved({ key, index }: StoreEntry): StoreOperation {
  return { verb: "check-index", key, index };
}

function importsBySubject(
  image: Image,
  owners: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly FileSlice[]> {
  const groups = new Map<string, FileSlice[]>();
  for (const file of image.files) {
    const owner = owners.get(file.package);
    if (!file.isImport || isCommon(file) || owner === undefined) continue;
    groups.set(owner, [...(groups.get(owner) ?? []), file]);
  }
  return groups;
}

interface Loaded {
  readonly revision: number;
  readonly subjects: readonly { readonly subject: Subject; readonly entries: readonly StoreEntry[] }[];
}

async function loadSubjects({ store }: Registry, names: readonly string[]): Promise<Loaded> {
  if (names.length === 0) return { revision: 0, subjects: [] };
  // The revision first: where the rest takes several requests, what changes between them moves it.
  const [rev = [], ...found] = await listMany(store, [revKey, ...names.map(subjectPrefix)]);
  const subjects = names.flatMap((name, place) => {
    const entries = found[place] ?? [];
    const subject = readSubject(name, entries);
    return subject === undefined ? [] : [{ subject, entries }];
  });
  return { revision: rev.find(({ key }) => key === revKey)?.index ?? 0, subjects };
}

/** The newest version that holds all the files in this shape, of those that are worth a look. */
async function findSource(
  registry: Registry,
  subject: Subject,
  files: readonly FileSlice[],
): Promise<Dependency> {
  const wanted = files.map((file) => ({ path: file.path, shape: shapeOf(file) }));
  for (const version of standing(subject).toReversed().slice(0, MOST_ELDER)) {
    const { open } = await loadChain(registry, version);
    const held = new Map(open.files.map(({ path, shape }) => [path, shape]));
    if (wanted.every(({ path, shape }) => held.get(path) === shape))
      return { subject: subject.name, seq: version.seq };
  }
  return { subject: subject.name };
}

const MOST_ELDER = 20;
/** A transaction takes 64 operations, and a publish has ten of its own. */
const mostGuards = 50;
