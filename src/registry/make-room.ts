import { readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

/** Keeps a cache folder from growing for ever. */
export interface Room {
  /** Has a file stay longer. */
  used(path: string): Promise<void>;
  /** Is told of every file that was written; now and then it looks whether something has to go. */
  took(digest: string, bytes: number): Promise<void>;
}

/** @param most bytes in the folder, about; what was not used for longest goes first */
export function makeRoom(folder: string, most: number, now: () => number): Room {
  return {
    async used(path) {
      const seconds = now() / 1000;
      await utimes(path, seconds, seconds).catch(() => undefined);
    },
    async took(digest, bytes) {
      if (isTurn(digest, bytes, most)) await prune(folder, most).catch(() => undefined);
    },
  };
}

/**
 * To look at all files takes as long as many writes do. So each byte that is written has the same chance that one looks,
 * and the folder grows by a sixteenth of what it may hold until that happens, on average. A digest is as good as a die.
 */
function isTurn(digest: string, bytes: number, most: number): boolean {
  const chance = Number.parseInt(digest.slice(-8), 16) / 2 ** 32;
  return chance < (16 * Math.max(bytes, leastBytes)) / most;
}

async function prune(folder: string, most: number): Promise<void> {
  const files = await listFiles(folder);
  let size = files.reduce((sum, { bytes }) => sum + bytes, 0);
  if (size <= most) return;
  // Some more than needed, so that the next ones find room.
  for (const { path, bytes } of files.sort((a, b) => a.at - b.at)) {
    if (size <= most * 0.75) return;
    await rm(path, { force: true });
    size -= bytes;
  }
}

/** Those that a cache writes, and what it left behind when it was killed; other files are somebody else's. */
async function listFiles(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const own = entries.filter((entry) => entry.isFile() && written.test(entry.name));
  const files = await Promise.all(
    own.map(async ({ path, name }) => {
      const file = join(path, name);
      const stats = await stat(file).catch(() => undefined);
      return stats && { path: file, bytes: stats.size, at: stats.mtimeMs };
    }),
  );
  return files.filter((file) => file !== undefined);
}

const written = /^[0-9a-f]{64}(\.[0-9a-f-]{36})?$/;
/** What a file takes of a disk, however small it is. */
const leastBytes = 4096;
