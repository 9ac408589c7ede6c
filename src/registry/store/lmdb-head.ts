import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** What a file is: "cut" is an LMDB file whose end is missing, as after a copy that was interrupted. */
export type LmdbHead = "empty" | "foreign" | "cut" | "whole";

/**
 * Looks at the beginning of a file before LMDB does, which believes what it maps, and falls with the process where that
 * is no database or ends too early.
 */
export function readLmdbHead(path: string): LmdbHead {
  const file = openSync(path, "r");
  try {
    const first = readMeta(file, 0);
    if (fstatSync(file).size === 0) return "empty";
    if (first === undefined) return "foreign";
    const newest = [first, readMeta(file, first.pageBytes) ?? first].sort((a, b) => b.number - a.number)[0]!;
    // After what it is compared with was read: another process may be writing.
    return fstatSync(file).size < newest.leastPages * first.pageBytes ? "cut" : "whole";
  } finally {
    closeSync(file);
  }
}

/** One of the two pages that say where everything is; the one with the greater number counts. */
interface Meta {
  readonly pageBytes: number;
  readonly number: number;
  /** Those in use, and as many as lie before a root: the file may end before its last page, where nobody needs that. */
  readonly leastPages: number;
}

/** `MDB_meta` of lmdb-js's LMDB. @see https://github.com/kriszyp/lmdb-js/blob/master/dependencies/lmdb/libraries/liblmdb/mdb.c */
function readMeta(file: number, at: number): Meta | undefined {
  const bytes = Buffer.alloc(metaBytes);
  const read = readSync(file, bytes, 0, metaBytes, at + pageHeadBytes);
  if (read < metaBytes || bytes.readUInt32LE(0) !== magic) return undefined;
  const tables = [24, 72].map((start) => readTable(bytes.subarray(start)));
  const used = tables.reduce((sum, { pages }) => sum + pages, twoMetas);
  const roots = tables.map(({ root }) => root + 1);
  return {
    pageBytes: bytes.readUInt32LE(24),
    number: Number(bytes.readBigUInt64LE(128)),
    leastPages: Math.max(used, ...roots),
  };
}

/** `MDB_db`: how many pages of three kinds it has, and where its root is. */
function readTable(bytes: Buffer) {
  const pages = [8, 16, 24].reduce((sum, at) => sum + Number(bytes.readBigUInt64LE(at)), 0);
  const root = bytes.readBigInt64LE(40);
  return { pages, root: root < 0 ? 0 : Number(root) };
}

const magic = 0xbeefc0de;
const pageHeadBytes = 24;
const metaBytes = 136;
const twoMetas = 2;
