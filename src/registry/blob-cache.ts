import { createHash, randomUUID } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeFolder } from "../files/index.js";
import { notesFormat } from "../schema/index.js";
import { makeRoom } from "./make-room.js";

/** Keeps bytes by their digest. What it has not, or cannot keep, is asked of the store again. */
export interface BlobCache {
  /** @returns `undefined` for what it has not, or has damaged */
  get(digest: string): Promise<Uint8Array | undefined>;
  put(digest: string, bytes: Uint8Array): Promise<void>;
  /** Notes of contracts, by fingerprint. */
  readonly notes: NoteCache;
}

/** Keeps what was learnt, by what it was learnt of. What it has not is learnt again. */
export interface NoteCache {
  /** @returns `undefined` for what it has not, or has damaged; whether it is right is for the reader to see */
  get(key: string): Promise<string | undefined>;
  put(key: string, text: string): Promise<void>;
}

export interface CacheLimits {
  /** Milliseconds since 1970: what was not used for longest goes first. */
  readonly now: () => number;
  /** In bytes, about. */
  readonly most?: number | undefined;
}

/** A cache in a folder, which several processes may use; it never fails, it only forgets. */
export function folderCache(folder: string, { now, most = mostBytes }: CacheLimits): BlobCache {
  const read = (path: string) => readFile(path).catch(() => undefined);
  const room = makeRoom(folder, most, now);
  const write = async (path: string, digest: string, bytes: Uint8Array) => {
    await writeWhole(path, bytes).catch(() => undefined);
    await room.took(digest, bytes.length);
  };
  const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest);
  const noteAt = (key: string) => join(folder, `contracts-${notesFormat}`, key.slice(0, 2), key);
  return {
    async get(digest) {
      const bytes = await read(pathOf(digest));
      if (bytes === undefined || sha256(bytes) !== digest) return undefined;
      await room.used(pathOf(digest));
      return bytes;
    },
    put: (digest, bytes) => write(pathOf(digest), digest, bytes),
    notes: {
      async get(key) {
        const text = (await read(noteAt(key)))?.toString();
        const body = text?.slice(digestLength);
        if (body === undefined || sha256(body) !== text?.slice(0, digestLength)) return undefined;
        await room.used(noteAt(key));
        return body;
      },
      put: (key, text) => write(noteAt(key), key, Buffer.from(sha256(text) + text)),
    },
  };
}

/** Remembers nothing. */
export const noCache: BlobCache = {
  get: async () => undefined,
  put: async () => undefined,
  notes: { get: async () => undefined, put: async () => undefined },
};

export function sha256(data: Uint8Array | string): string {
  return createHash("sha256").update(data).digest("hex");
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, bytes);
  await rename(beside, path);
}

const mostBytes = 512_000_000;
const digestLength = 64;
