import { isDigest } from "../store/records.js";
import { damaged } from "./damaged.js";
import { isInside } from "./is-inside.js";
import { blockBytes, maxContentBytes } from "./limits.js";

/**
 * What a pack says of its files, in columns, which are read several times faster than records; those of files are
 * in the order of their contents.
 */
export interface PackHeader {
  /** The list that `order` builds on: how many files it has, and its digest, "" in a base pack. */
  readonly before: number;
  readonly beforeDigest: string;
  /** The files of the version, as runs of `toRuns`: those before have the first numbers, those here the next. */
  readonly order: readonly number[];
  /** Of the version, see `FileList`. */
  readonly digest: string;
  readonly paths: readonly string[];
  /** Numbers of the files that are imports. */
  readonly imports: readonly number[];
  /** 32 bytes of each file, all together in base64. */
  readonly digests: string;
  readonly shapes: string;
  /** Lengths; a file without source has -1. */
  readonly descriptors: readonly number[];
  readonly sources: readonly number[];
  /** Compressed lengths of the blocks of contents: all descriptors, then all sources. */
  readonly blocks: readonly number[];
}

/** @throws Proto4Error "store-invalid" when anything in it is not as `PackHeader` says */
export function parseHeader(bytes: Uint8Array, blob: string): PackHeader {
  const header = parse(bytes) as Partial<Record<keyof PackHeader, unknown>>;
  for (const [name, isRight] of Object.entries(checks))
    if (!isRight(header[name as keyof PackHeader])) throw damaged(blob, `its header has no right "${name}"`);
  const known = header as PackHeader;
  const wrong = contradictionIn(known);
  if (wrong !== undefined) throw damaged(blob, wrong);
  return known;
}

function contradictionIn(header: PackHeader): string | undefined {
  const { paths, digests, shapes, descriptors, sources, imports } = header;
  const count = paths.length;
  const isEven = descriptors.length === count && sources.length === count;
  if (!isEven || byteLength(digests) !== 32 * count || byteLength(shapes) !== 32 * count)
    return "the columns of its header differ in length";
  if (imports.some((number) => number >= count))
    return "its header calls a file an import that it does not hold";
  if (header.beforeDigest === "" && header.before > 0) return "its header does not tell what it builds on";
  const length = contentLength(header);
  if (length > maxContentBytes) return `it says that it holds ${length} bytes, more than any pack`;
  if (header.blocks.length !== Math.ceil(length / blockBytes))
    return "its blocks are not as many as its files fill";
  return undefined;
}

export function contentLength({ descriptors, sources }: PackHeader): number {
  return (
    descriptors.reduce((sum, length) => sum + length, 0) +
    sources.reduce((sum, length) => sum + Math.max(length, 0), 0)
  );
}

/** @returns an empty record for what is not even JSON */
function parse(bytes: Uint8Array): object {
  try {
    return Object(JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString()));
  } catch {
    return {};
  }
}

const checks: Readonly<Record<keyof PackHeader, (value: unknown) => boolean>> = {
  before: (value) => areCounts([value], 0),
  beforeDigest: (value) => value === "" || isDigest(value),
  order: (value) => areCounts(value, 0) && value.length % 2 === 0,
  digest: isDigest,
  paths: arePaths,
  imports: (value) => areCounts(value, 0),
  digests: isText,
  shapes: isText,
  descriptors: (value) => areCounts(value, 0),
  sources: (value) => areCounts(value, -1),
  blocks: (value) => areCounts(value, 0),
};

/** Loops, since these are the first to meet thousands of files, before anything of the code is compiled. */
function arePaths(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  for (const path of value) if (typeof path !== "string" || !isInside(path)) return false;
  return true;
}

/** Sums of as many as memory holds are exact. */
function areCounts(value: unknown, least: number): value is readonly number[] {
  if (!Array.isArray(value)) return false;
  for (const count of value)
    if (!Number.isInteger(count) || count < least || count > maxContentBytes) return false;
  return true;
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

/** What is not base64 is skipped when it is read. */
function byteLength(base64: string): number {
  return Buffer.from(base64, "base64").length;
}
