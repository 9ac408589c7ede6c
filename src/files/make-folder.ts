import { mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes a folder, and those around it that are missing.
 *
 * Node's own `recursive` never ends where a folder is there and another cannot be made in it for a reason that the system
 * calls ENOENT, as in /proc: it makes the parent again, which is there, and tries again.
 */
export async function makeFolder(folder: string): Promise<void> {
  const there = await stat(folder).catch(() => undefined);
  if (there?.isDirectory()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder).catch((cause: NodeJS.ErrnoException) => {
    // Two writers may make the folder that they share at once.
    if (cause.code !== "EEXIST" || there !== undefined) throw cause;
  });
}
