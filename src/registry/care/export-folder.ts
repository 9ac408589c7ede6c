import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { lstat, mkdir, open, readdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { makeFolder } from "../../files/index.js";
import { isGitsOwn } from "../gits-own.js";

/**
 * The folder of an export. It comes from outside, so no link in it is followed, whether for reading or for writing, and
 * no more is read of a file than is asked for. Paths are relative, with "/".
 */
export interface ExportFolder {
  readonly root: string;
  /** Names in a folder, sorted; none where there is no such folder. */
  names(path: string): Promise<readonly string[]>;
  /** @param most bytes. @returns `undefined` where there is no such file */
  read(path: string, most: number): Promise<Uint8Array | undefined>;
  /** Writes a file whole, or not at all; the same bytes are not written again. @returns whether it was written */
  write(path: string, bytes: Uint8Array | string): Promise<boolean>;
  /** Removes what was being written when an export before was interrupted. */
  sweep(): Promise<void>;
  /** Puts a folder with these files in the place of what was there. */
  replace(path: string, files: Iterable<readonly [path: string, bytes: Uint8Array | string]>): Promise<void>;
}

/** Every method throws Proto4Error "input-unreadable" or "output-unwritable". */
export function openExportFolder(root: string): ExportFolder {
  const checked = new Set<string>();
  const partial = () => join(root, `${partialPrefix}${randomUUID()}`);

  /** Whether it is a folder inside, by no detour. */
  async function isFolder(path: string): Promise<boolean> {
    if (path === "." || checked.has(path)) return true;
    if (!(await isFolder(dirname(path)))) return false;
    const stats = await lstat(join(root, path)).catch(absent);
    if (stats === undefined) return false;
    if (!stats.isDirectory()) throw unreadable(root, path, "it should be a folder, and is a link or a file");
    checked.add(path);
    return true;
  }

  async function prepare(path: string): Promise<void> {
    if (await isFolder(path)) return;
    await prepare(dirname(path));
    await mkdir(join(root, path));
    checked.add(path);
  }

  async function move(from: string, to: string): Promise<void> {
    await prepare(dirname(to));
    await rename(from, join(root, to));
  }

  const read = async (path: string, most: number) =>
    (await isFolder(dirname(path))) ? readPlain(root, path, most) : undefined;

  return {
    root,
    read,
    names: async (path) =>
      (await isFolder(path)) ? (await readdir(join(root, path)).catch(none)).sort() : [],
    write: async (path, content) => {
      const bytes = Buffer.from(content);
      const there = await read(path, bytes.length).catch(() => undefined);
      if (there !== undefined && bytes.equals(there)) return false;
      await writing(root, path, async () => {
        await makeFolder(root);
        const beside = partial();
        await writeFile(beside, bytes, { flag: "wx" });
        await move(beside, path);
      });
      return true;
    },
    sweep: async () => {
      for (const name of await readdir(root).catch(none))
        if (name.startsWith(partialPrefix)) await rm(join(root, name), { recursive: true, force: true });
    },
    replace: async (path, files) => {
      const [fresh, stale] = [partial(), partial()];
      await makeFolder(fresh);
      try {
        for (const [name, bytes] of files)
          await writing(root, join(path, name), () => writeNew(fresh, name, bytes));
        await writing(root, path, async () => {
          if (await isFolder(path)) await rename(join(root, path), stale);
          for (const known of checked) if (`${known}/`.startsWith(`${path}/`)) checked.delete(known);
          await move(fresh, path);
        });
      } finally {
        for (const folder of [fresh, stale]) await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** What an interrupted export leaves, beside what it had done. */
const partialPrefix = ".proto4-partial-";

async function writeNew(folder: string, name: string, bytes: Uint8Array | string): Promise<void> {
  await makeFolder(dirname(join(folder, name)));
  await writeFile(join(folder, name), bytes, { flag: "wx" });
}

async function readPlain(root: string, path: string, most: number): Promise<Uint8Array | undefined> {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(join(root, path), flags).catch((error) =>
    isAbsent(error) ? undefined : fail(root, path, error),
  );
  if (file === undefined) return undefined;
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw unreadable(root, path, "it is no plain file");
    if (stats.size > most)
      throw unreadable(root, path, `it has ${stats.size} bytes, and ${most} are allowed`);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

async function writing(root: string, path: string, action: () => Promise<void>): Promise<void> {
  const long = path.split("/").find((part) => Buffer.byteLength(part) > mostNameBytes);
  if (long !== undefined) {
    const size = Buffer.byteLength(long);
    const what = `a name in its path has ${size} bytes, and a file system takes ${mostNameBytes}`;
    throw unwritable(root, path, what);
  }
  if (isGitsOwn(path))
    throw unwritable(root, path, "a name in its path is that of git's own folder, which git keeps nowhere");
  try {
    await action();
  } catch (cause) {
    if (cause instanceof Proto4Error) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    const clash = ["EEXIST", "ENOTDIR", "EISDIR", "ENOTEMPTY"].includes(code ?? "");
    const why = clash ? `its name is another file's here, or a folder's: ${basename(path)}` : message;
    throw unwritable(root, path, why, cause);
  }
}

function fail(root: string, path: string, cause: NodeJS.ErrnoException): never {
  const link = cause.code === "ELOOP" || cause.code === "EMLINK";
  throw unreadable(root, path, link ? "it is a link, and an export has none" : cause.message, cause);
}

export function unreadable(root: string, path: string, what: string, cause?: unknown): Proto4Error {
  const message = `this part of the export cannot be taken: ${what}`;
  return new Proto4Error("input-unreadable", message, { location: { path: join(root, path) }, cause });
}

export function unwritable(root: string, path: string, what: string, cause?: unknown): Proto4Error {
  const message = `the export cannot hold this: ${what.slice(0, 300)}`;
  const shown = path.length > 300 ? `${path.slice(0, 300)}…` : path;
  return new Proto4Error("output-unwritable", message, { location: { path: join(root, shown) }, cause });
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (!isAbsent(error)) throw error;
}

function none(error: NodeJS.ErrnoException): string[] {
  if (!isAbsent(error)) throw error;
  return [];
}

function isAbsent({ code }: NodeJS.ErrnoException): boolean {
  return code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG";
}

const mostNameBytes = 255;
