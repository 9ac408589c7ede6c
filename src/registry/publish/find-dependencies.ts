import type { FileSlice, Image } from "../../image/index.js";
import { loadChain } from "../lookup/load-chain.js";
import { shapeOf } from "../pack/index.js";
import type { Registry } from "../registry.js";
import { subjectPrefix } from "../store/layout.js";
import { listMany } from "../store/list-many.js";
import { readSubject, type Subject, standing } from "../store/read-subject.js";
import type { Dependency, PackagesRecord } from "../store/records.js";
import { ownersOf } from "./claim-packages.js";
import { isCommon } from "./own-packages.js";

/** What is known of the version before. */
export interface Known {
  /** They hold where its imports are still the same. */
  readonly before: readonly Dependency[];
  /** Paths of the files that differ. */
  readonly changed: ReadonlySet<string>;
}

/** The subjects whose packages an image imports, and which of their versions has the imported files so. */
export async function findDependencies(
  registry: Registry,
  image: Image,
  packages: PackagesRecord,
  { before, changed }: Known,
): Promise<readonly Dependency[]> {
  const imports = importsBySubject(image, ownersOf(packages));
  const known = new Map(before.map((dependency) => [dependency.subject, dependency]));
  const same = (name: string) =>
    known.get(name)?.seq !== undefined && !imports.get(name)!.some(({ path }) => changed.has(path));
  const names = [...imports.keys()].sort();
  const asked = names.filter((name) => !same(name));
  const found = new Map<string, Dependency>();
  for (const subject of await loadSubjects(registry, asked))
    found.set(subject.name, await findSource(registry, subject, imports.get(subject.name)!));
  return names.map((name) => found.get(name) ?? known.get(name) ?? { subject: name });
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

async function loadSubjects({ store }: Registry, names: readonly string[]): Promise<readonly Subject[]> {
  const found = await listMany(store, names.map(subjectPrefix));
  return names.flatMap((name, place) => readSubject(name, found[place] ?? []) ?? []);
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
