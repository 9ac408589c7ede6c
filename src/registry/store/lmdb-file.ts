import { statSync } from "node:fs";
import { dirname } from "node:path";
import { open, type RootDatabase } from "lmdb";
import { Proto4Error } from "../../diagnostics/index.js";
import { makeFolder } from "../../files/index.js";
import { readLmdbHead } from "./lmdb-head.js";

/** An opened LMDB file; `writable` is false where the user may only read it. */
export interface LmdbFile<T> {
  readonly db: RootDatabase<T, string>;
  readonly writable: boolean;
}

/**
 * Opens the LMDB file at `path`, beside which LMDB keeps `path-lock`.
 * @throws Proto4Error "store-unreachable", "store-denied", "store-invalid"
 */
export async function openLmdbFile<T>(path: string, create: boolean): Promise<LmdbFile<T>> {
  if (!isThere(path, create)) await makeFolderFor(path);
  try {
    return { db: open(optionsOf(path, false)), writable: true };
  } catch (cause) {
    if (!isDenied(cause)) throw lmdbFailed(path, cause);
  }
  try {
    // LMDB answers a read-only open of what it may not read with an empty store: ask the file itself first.
    readLmdbHead(path);
    return { db: open(optionsOf(path, true)), writable: false };
  } catch (cause) {
    throw lmdbFailed(path, cause);
  }
}

/** What LMDB or the file system said, as an error of proto4's. */
export function lmdbFailed(path: string, cause: unknown): Proto4Error {
  if (cause instanceof Proto4Error) return cause;
  const said = cause instanceof Error ? cause.message : String(cause);
  return isDenied(cause)
    ? new Proto4Error("store-denied", `the store may not be opened (${said}); check who owns the file`, {
        location: { path },
        cause,
      })
    : new Proto4Error(
        "store-invalid",
        `LMDB cannot work with this store (${said}); is its disk full, or the file damaged?`,
        {
          location: { path },
          cause,
        },
      );
}

/** @returns whether there is a file, which then is one of LMDB's */
function isThere(path: string, create: boolean): boolean {
  const stat = attempt(() => statSync(path, { throwIfNoEntry: false }), path);
  if (stat === undefined && create) return false;
  if (stat === undefined)
    throw new Proto4Error("store-unreachable", "there is no store here; the first push makes one", {
      location: { path },
    });
  if (!stat.isFile()) throw notLmdb(path, "is not a file");
  const head = attempt(() => readLmdbHead(path), path);
  if (head === "foreign") throw notLmdb(path, "holds something else");
  if (head === "cut") throw cutShort(path);
  return true;
}

/** LMDB would do it by Node's own way, which never ends in /proc. */
async function makeFolderFor(path: string): Promise<void> {
  try {
    await makeFolder(dirname(path));
  } catch (cause) {
    throw new Proto4Error(
      "store-denied",
      `a folder for the store cannot be made (${(cause as Error).message}); name another path`,
      { location: { path }, cause },
    );
  }
}

function attempt<T>(read: () => T, path: string): T {
  try {
    return read();
  } catch (cause) {
    throw lmdbFailed(path, cause);
  }
}

function notLmdb(path: string, what: string): Proto4Error {
  return new Proto4Error("store-invalid", `this ${what}, no LMDB store; name another path`, {
    location: { path },
  });
}

function cutShort(path: string): Proto4Error {
  return new Proto4Error(
    "store-invalid",
    "the end of this store is missing, as after a copy that was interrupted: copy it again, or restore it from a backup",
    { location: { path } },
  );
}

/** Durable before it answers, and never cached: other processes write too. */
function optionsOf(path: string, readOnly: boolean) {
  return { path, noSubdir: true, overlappingSync: false, cache: false, readOnly } as const;
}

/** LMDB gives errno's number, Node its name. */
function isDenied(cause: unknown): boolean {
  const { code } = cause as { readonly code?: unknown };
  return (
    code === 1 || code === 13 || code === 30 || code === "EPERM" || code === "EACCES" || code === "EROFS"
  );
}
