import { createHash, randomUUID } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { FileSlice } from "./image.js";
import type { Layout } from "./source-keys.js";

/** A slice and the key that it was compiled under. */
export interface PackedSlice {
  readonly key: string;
  /** Its source, as `Sources` lists it; both are empty for what comes from elsewhere. */
  readonly source: string;
  readonly blob: string;
  readonly slice: FileSlice;
}

/** What one file of the cache holds. */
export interface Pack extends Layout {
  readonly slices: readonly PackedSlice[];
  readonly byKey: ReadonlyMap<string, PackedSlice>;
  /** By path and blob: what was made of a source at some time, whatever its imports are now. */
  readonly bySource: ReadonlyMap<string, PackedSlice>;
}

export function makePack(slices: readonly PackedSlice[], { omitted, roots }: Layout): Pack {
  return {
    slices,
    omitted,
    roots,
    byKey: new Map(slices.map((packed) => [packed.key, packed])),
    bySource: new Map(slices.map((packed) => [sourceKey(packed.source, packed.blob), packed])),
  };
}

/** How `bySource` calls a source. */
export function sourceKey(source: string, blob: string): string {
  return `${blob} ${source}`;
}

/** A pack that is in the cache, under a name of its own. */
export interface KeptPack extends Pack {
  readonly name: string;
}

interface Head extends Layout {
  readonly slices: readonly (Omit<PackedSlice, "slice"> & Omit<FileSlice, "bytes"> & { length: number })[];
}

/**
 * Reads the packs of a folder; one that is damaged is thrown away.
 * Each is named for the SHA-256 of what is in it, and its content counts for nothing unless it has this hash.
 */
export function readPacks(folder: string): readonly KeptPack[] {
  const names = listFolder(folder);
  forgetOthers(folder, names);
  const packs = names.map((name) => readOnce(join(folder, name), name));
  return packs.filter((pack) => pack !== undefined);
}

function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .sort();
  } catch {
    return []; // it comes with the first pack
  }
}

/** Both sides of a comparison share most slices; so they also share the memory. */
function readOnce(path: string, name: string): KeptPack | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  const state = `${path} ${found?.size} ${found?.mtimeMs}`;
  if (!known.has(state)) known.set(state, readPack(path, name));
  return known.get(state);
}

const known = new Map<string, KeptPack | undefined>();

/** What was thrown away must not stay in the memory of a process that runs for days. */
function forgetOthers(folder: string, names: readonly string[]): void {
  const paths = new Set(names.map((name) => join(folder, name)));
  for (const state of known.keys()) {
    const path = state.split(" ").slice(0, -2).join(" ");
    if (dirname(path) === folder && !paths.has(path)) known.delete(state);
  }
}

/** In one go: in parts, between which others have their turn, it would take several times as long. */
function readPack(path: string, name: string): KeptPack | undefined {
  try {
    const bytes = readFileSync(path);
    if (nameOf(bytes) === name) return unpack(bytes, name);
    rmSync(path, { force: true });
  } catch {
    // Another process may just have thrown it away.
  }
  return undefined;
}

function unpack(bytes: Buffer, name: string): KeptPack {
  const begin = bytes.indexOf("\n") + 1;
  const head = JSON.parse(bytes.toString("utf8", 0, begin)) as Head;
  let at = begin;
  const slices = head.slices.map(({ key, source, blob, length, ...facts }) => {
    const slice = { ...facts, bytes: bytes.subarray(at, at + length) };
    at += length;
    return { key, source, blob, slice };
  });
  return { name, ...makePack(slices, head) };
}

/** Writes a pack under its own name in one step: other processes see all of it or nothing. */
export async function writePack(folder: string, pack: Pack): Promise<void> {
  const bytes = serialize(pack);
  const name = nameOf(bytes);
  await mkdir(folder, { recursive: true });
  const draft = join(folder, `${randomUUID()}.draft`);
  await writeFile(draft, bytes);
  await rename(draft, join(folder, name));
}

function serialize({ slices, omitted, roots }: Pack): Buffer {
  const head: Head = {
    omitted,
    roots,
    slices: slices.map(({ slice: { bytes, ...facts }, ...rest }) => ({
      ...rest,
      ...facts,
      length: bytes.length,
    })),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...slices.map(({ slice }) => slice.bytes)]);
}

export async function removePacks(folder: string, packs: readonly KeptPack[]): Promise<void> {
  await Promise.all(packs.map(({ name }) => rm(join(folder, name), { force: true })));
}

function nameOf(bytes: Uint8Array): string {
  return `${createHash("sha256").update(bytes).digest("hex")}${ending}`;
}

const ending = ".pack";
