import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Files below a root: a disk's, a commit's, an archive's. Paths begin at the root and have slashes. */
export interface SourceTree {
  /** A file's text, or `undefined` when there is no such file. */
  read(path: string): string | undefined;
  has(path: string): boolean;
}

/** The files below a folder of this machine. */
export function diskTree(root: string): SourceTree {
  return {
    read: (path) => {
      try {
        return readFileSync(join(root, path), "utf8");
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    has: (path) => existsSync(join(root, path)),
  };
}

/** Files that were read already. */
export function memoryTree(files: ReadonlyMap<string, Uint8Array>): SourceTree {
  return {
    read: (path) => {
      const bytes = files.get(path);
      return bytes === undefined ? undefined : Buffer.from(bytes).toString();
    },
    has: (path) => files.has(path),
  };
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return ["ENOENT", "ENOTDIR", "EISDIR", "EACCES"].includes(code);
}
