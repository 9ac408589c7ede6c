import { lstatSync } from "node:fs";
import { join } from "node:path";
import type { BufOptions } from "./run-buf.js";
import { listByGit } from "./run-git.js";

/** What git knows of a folder without reading its files. */
export interface WorkTree {
  /** The blob ids of files that are as git has them, by path below the folder. */
  readonly blobs: ReadonlyMap<string, string>;
  /** Paths of files that are not. */
  readonly unknown: readonly string[];
}

/**
 * Asks git what lies in a folder of a work tree: it knows by the times of files which are as it has them, and reads
 * those in doubt.
 * @returns `undefined` where there is no git, or something that only a look at the files themselves tells: links,
 * repositories inside, files that git is told not to look at, conflicts
 * @see https://git-scm.com/docs/racy-git
 */
export async function listWorkTree(folder: string, options: BufOptions): Promise<WorkTree | undefined> {
  try {
    const [staged, edited] = await Promise.all([
      listByGit(folder, ["ls-files", "-z", "--stage", "-v"], options),
      listByGit(folder, ["ls-files", "-z", "-t", "--modified", "--deleted", "--others"], options),
    ]);
    const blobs = new Map(staged.map(readStaged));
    for (const entry of edited) blobs.delete(entry.slice(TAG));
    const unknown = new Set(
      edited.filter((entry) => !entry.startsWith("R ")).map((entry) => entry.slice(TAG)),
    );
    for (const path of edited.filter((entry) => entry.startsWith("R "))) unknown.delete(path.slice(TAG));
    return [...unknown].every((path) => isPlain(folder, path)) ? { blobs, unknown: [...unknown] } : undefined;
  } catch {
    return undefined;
  }
}

/** `H 100644 <blob> 0\t<path>`: tracked, an ordinary file, no conflict. */
function readStaged(entry: string): readonly [path: string, blob: string] {
  const [, blob, path] = /^H 100(?:644|755) ([0-9a-f]+) 0\t(.+)$/s.exec(entry) ?? [];
  if (blob === undefined || path === undefined) throw new Error(`not an ordinary file: ${entry}`);
  return [path, blob];
}

/** A repository inside is listed as a folder. */
function isPlain(folder: string, path: string): boolean {
  return !path.endsWith("/") && lstatSync(join(folder, path)).isFile();
}

/** The length of `C `, `R ` or `? `. */
const TAG = 2;
