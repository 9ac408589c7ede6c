import { Proto4Error } from "../../diagnostics/index.js";
import { type FileSlice, sliceFile } from "../../image/index.js";
import type { Chain } from "../lookup/load-chain.js";
import { type DraftList, listFiles, openPacks, type PackFile } from "../pack/index.js";
import { packNext } from "../pack-next.js";
import { type ExportFolder, unreadable } from "./export-folder.js";
import {
  descriptorPath,
  type ExportedFile,
  type ExportedVersion,
  sourcePath,
  versionFolder,
} from "./export-format.js";
import { checked, fileKey } from "./import-records.js";

/** A version that the next one may build on. */
export interface Base {
  readonly seq: number;
  /** How it lies in the store; `undefined` where its files were given up there. */
  readonly chain: Chain | undefined;
  /** Its files by what `fileKey` says; asked for when the next version's are read. */
  readonly files: () => Promise<ReadonlyMap<string, PackFile>>;
}

/**
 * Reads the files of a version: what is new in it from its folder, the others from the version before.
 * @throws Proto4Error "input-unreadable" for what is missing, or not what its digest says
 */
export async function loadContents(
  folder: ExportFolder,
  subject: string,
  { record, against, files }: ExportedVersion,
  base: Base | undefined,
): Promise<DraftList> {
  const path = versionFolder(subject, record.seq);
  if (against !== undefined && against !== base?.seq)
    throw unreadable(
      folder.root,
      path,
      `it builds on version ${against}, whose files are not the last ones before it`,
    );
  const before = against === undefined ? new Map<string, PackFile>() : await base!.files();
  const list: PackFile[] = [];
  for (const file of files) {
    const known = before.get(fileKey(file));
    list.push(known === undefined ? await loadFile(folder, path, file) : withImport(known, file));
  }
  const draft = checked(folder, path, () => listFiles(list, base?.chain?.open));
  const wrong = draft.files.find(({ digest }, place) => digest !== files[place]!.digest);
  if (wrong !== undefined) throw unreadable(folder.root, `${path}/${descriptorPath(wrong.path)}`, changed);
  return draft;
}

/** The files of what was read, for the version after it. */
export function filesOf(list: DraftList): ReadonlyMap<string, PackFile> {
  return new Map(list.files.map((file) => [fileKey(file), { slice: file.slice, source: file.source }]));
}

/** The files of what lies in the store, likewise. */
export async function filesOfChain({ open }: Chain): Promise<ReadonlyMap<string, PackFile>> {
  const [{ files }, sources] = [await open.image(), await open.sources()];
  return new Map(
    open.files.map((file, place) => [
      fileKey(file),
      { slice: files[place]!, source: sources.get(file.path) },
    ]),
  );
}

/** Packs a version as a publish does after the same one. */
export async function packContents(list: DraftList, chain: Chain | undefined): Promise<Chain> {
  const packs = await packNext(list, chain);
  return { packs, open: await openPacks(packs) };
}

async function loadFile(folder: ExportFolder, version: string, file: ExportedFile): Promise<PackFile> {
  const path = `${version}/${descriptorPath(file.path)}`;
  const [bytes, source] = await Promise.all([
    folder.read(path, mostFileBytes),
    folder.read(`${version}/${sourcePath(file.path)}`, mostFileBytes),
  ]);
  if (bytes === undefined) throw unreadable(folder.root, path, "it is missing; run the export again");
  return { slice: checked(folder, path, () => slice(bytes, file)), source };
}

function slice(bytes: Uint8Array, { path, isImport }: ExportedFile): FileSlice {
  const found = sliceFile(bytes, isImport);
  if (found.path === path) return found;
  throw new Proto4Error("image-corrupt", `it is the descriptor of "${found.path.slice(0, 80)}"`);
}

function withImport({ slice, source }: PackFile, { isImport }: ExportedFile): PackFile {
  return { slice: slice.isImport === isImport ? slice : { ...slice, isImport }, source };
}

const mostFileBytes = 256 * 1024 * 1024;

const changed =
  "this file or its source is not what the export wrote; take both from where they came, byte for byte (git: without a change of line ends)";
