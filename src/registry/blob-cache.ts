import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Keeps bytes by their digest. What it has not, or cannot keep, is asked of the store again. */
export interface BlobCache {
  /** @returns `undefined` for what it has not, or has damaged */
  get(digest: string): Promise<Uint8Array | undefined>;
  put(digest: string, bytes: Uint8Array): Promise<void>;
}

/** A cache in a folder, which several processes may use; it never fails, it only forgets. */
export function folderCache(folder: string): BlobCache {
  const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest);
  return {
    async get(digest) {
      const bytes = await readFile(pathOf(digest)).catch(() => undefined);
      return bytes !== undefined && sha256(bytes) === digest ? bytes : undefined;
    },
    async put(digest, bytes) {
      await writeWhole(pathOf(digest), bytes).catch(() => undefined);
    },
  };
}

/** Remembers nothing. */
export const noCache: BlobCache = {
  get: async () => undefined,
  put: async () => undefined,
};

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, bytes);
  await rename(beside, path);
}
