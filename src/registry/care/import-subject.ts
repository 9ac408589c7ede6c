import { Proto4Error } from "../../diagnostics/index.js";
import { noCache } from "../blob-cache.js";
import { type Blob, join, writeBlob } from "../blobs.js";
import { placeGone } from "../gone.js";
import { type Chain, loadChain } from "../lookup/load-chain.js";
import type { Registry } from "../registry.js";
import { blobKey } from "../store/layout.js";
import { loadSubject } from "../store/read-subject.js";
import type { VersionRecord } from "../store/records.js";
import type { ExportFolder } from "./export-folder.js";
import type { ExportedVersion } from "./export-format.js";
import { type Base, filesOf, filesOfChain, loadContents, packContents } from "./import-contents.js";
import { diverges, type PlannedSubject } from "./import-plan.js";
import { fileKey, loadVersion } from "./import-records.js";
import { appendVersion, repairVersion } from "./import-version.js";

/** What was done for a version. */
export type ImportedVersion = "imported" | "repaired" | "there";

/** A version that is imported, and the last one before it that has files. */
interface Step {
  /** Without a cache: what one has the store may have lost. */
  readonly registry: Registry;
  readonly folder: ExportFolder;
  readonly subject: PlannedSubject;
  readonly exported: ExportedVersion;
  readonly base: Base | undefined;
}

interface Stepped {
  readonly done: ImportedVersion;
  readonly base: Base | undefined;
}

/** Brings the versions of a subject into the registry, one after the other. */
export async function* importVersions(
  { store }: Registry,
  folder: ExportFolder,
  subject: PlannedSubject,
): AsyncIterable<readonly [seq: number, done: ImportedVersion]> {
  const registry: Registry = { store, cache: noCache };
  const known = new Map((await loadSubject(store, subject.name))?.versions.map((each) => [each.seq, each]));
  let base: Base | undefined;
  for (let seq = 1; seq <= subject.head.seq; seq++) {
    const exported = (await loadVersion(folder, subject.name, seq))!;
    const step = { registry, folder, subject, exported, base };
    const found = known.get(seq);
    const stepped = found === undefined ? await importNext(step) : await compareNext(step, found);
    base = stepped.base ?? base;
    yield [seq, stepped.done];
  }
}

async function importNext(step: Step): Promise<Stepped> {
  const { registry, subject, exported } = step;
  const packed = exported.files.length === 0 ? undefined : await pack(step);
  await appendVersion(registry, subject, exported, packed?.chain);
  return { done: "imported", base: packed };
}

/** The version is there: its files should be the same, and are brought back where they are missing. */
async function compareNext(step: Step, found: VersionRecord): Promise<Stepped> {
  const { registry, subject, exported } = step;
  const { seq, gone } = exported.record;
  for (const blob of placeGone(gone).blobs) await bringBack(registry, blob);
  if (exported.files.length === 0) return { done: "there", base: undefined };
  // Given up since: only the versions after it need its files, and from here.
  if (found.packs.length === 0) return { done: "there", base: await read(step) };
  const chain = await openChain(registry, found);
  if (chain !== undefined) {
    compareFiles(subject.name, exported, chain);
    return { done: "there", base: { seq, chain, files: () => filesOfChain(chain) } };
  }
  const packed = await pack(step);
  await repairVersion(registry, subject.name, seq, packed.chain);
  return { done: "repaired", base: packed };
}

/** What the record needs is reachable: no collection takes it away. */
async function bringBack(registry: Registry, blob: Blob): Promise<void> {
  const there = join(blob.digest, await registry.store.list(blobKey(blob.digest)));
  if (there === undefined) await writeBlob(registry, blob);
}

async function pack({ folder, subject, exported, base }: Step): Promise<Base & { readonly chain: Chain }> {
  const list = await loadContents(folder, subject.name, exported, base);
  const chain = await packContents(list, base?.chain);
  return { seq: exported.record.seq, chain, files: async () => filesOf(list) };
}

async function read({ folder, subject, exported, base }: Step): Promise<Base> {
  const list = await loadContents(folder, subject.name, exported, base);
  return { seq: exported.record.seq, chain: undefined, files: async () => filesOf(list) };
}

/** @returns `undefined` where its packs are missing or damaged */
async function openChain(registry: Registry, version: VersionRecord): Promise<Chain | undefined> {
  try {
    return await loadChain(registry, version);
  } catch (error) {
    if (error instanceof Proto4Error && error.code === "store-invalid") return undefined;
    throw error;
  }
}

function compareFiles(subject: string, { record, files }: ExportedVersion, { open }: Chain): void {
  const same =
    files.length === open.files.length &&
    files.every((file, place) => {
      const there = open.files[place]!;
      return fileKey(file) === fileKey(there) && file.isImport === there.isImport;
    });
  if (!same) throw diverges(`${subject}@${record.seq}`, "its files are others");
}
