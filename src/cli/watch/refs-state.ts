import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { runGit } from "../../image/index.js";

/** Where git keeps what the names of a repository stand for. */
interface RefFolders {
  /** Of the one work tree. */
  readonly own: string;
  /** Of all of them. */
  readonly common: string;
}

/**
 * What changes with any branch, tag or HEAD of a repository. Git writes each of these files anew when it changes, so
 * that their places on the disk tell; to ask git itself would cost a process after each save.
 * @returns `undefined` where there is no repository
 */
export async function refsState(folder: string): Promise<string | undefined> {
  const found = known.get(folder) ?? loadFolders(folder);
  known.set(folder, found);
  const folders = await found;
  return folders && pathsOf(folders).map(stateOf).join("\n");
}

/** A repository stays where it is for as long as the process runs. */
const known = new Map<string, Promise<RefFolders | undefined>>();

async function loadFolders(folder: string): Promise<RefFolders | undefined> {
  const args = ["rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir"];
  const said = await runGit(folder, args, { env: process.env }).catch(() => "");
  const [own, common] = said.split("\n");
  return own && common ? { own, common } : undefined;
}

function pathsOf({ own, common }: RefFolders): readonly string[] {
  // The last one is where a repository has its names that is told to use reftables.
  const files = [join(own, "HEAD"), join(common, "packed-refs"), join(common, "reftable/tables.list")];
  return [...files, ...[...new Set([join(own, "refs"), join(common, "refs")])].flatMap(filesIn)];
}

function filesIn(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return []; // somebody may just be packing them
  }
}

function stateOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return `${path} ${found?.ino} ${found?.size} ${found?.mtimeMs}`;
}
