import { type FSWatcher, readdirSync, statSync, watch } from "node:fs";
import { basename, join } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";

export interface WatchOptions {
  /** A folder of which only the files themselves count. */
  readonly flat: string;
  readonly onChange: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Watches a folder with all below it, but for what is installed or hidden. On Linux each folder is watched by itself:
 * Node's own recursion watches every file there, and git's folder as well.
 * @returns what ends it
 * @throws Proto4Error "input-unreadable" where the system watches no more
 */
export function watchFolders(root: string, { flat, onChange, onError }: WatchOptions): () => void {
  const watchers = new Map<string, FSWatcher>();
  const isNative = process.platform !== "linux";

  function add(folder: string): void {
    if (watchers.has(folder)) return;
    const watcher = start(folder, isNative && folder === root, (event, name) => changed(folder, event, name));
    watcher.on("error", (error) => onError(explain(error, folder)));
    watchers.set(folder, watcher);
  }

  function addTree(folder: string): void {
    add(folder);
    if (!isNative) for (const below of foldersIn(folder)) addBelow(join(folder, below));
  }

  /** One that is closed to us, such as a database's, is so to the compiler, too; and one may just be gone. */
  function addBelow(folder: string): void {
    try {
      addTree(folder);
    } catch (error) {
      const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException;
      if (!["EACCES", "EPERM", "ENOENT", "ENOTDIR"].includes(code ?? "")) throw error;
    }
  }

  function removeTree(folder: string): void {
    for (const [path, watcher] of watchers)
      if (path === folder || path.startsWith(join(folder, "/"))) {
        watcher.close();
        watchers.delete(path);
      }
  }

  function changed(folder: string, event: string, name: string | null): void {
    if (name === null || counts(name) || changedFolder(folder, event, name)) onChange();
  }

  /** One that is there again under its name may be another one, whose watcher died with the first. */
  function changedFolder(folder: string, event: string, name: string): boolean {
    const path = join(folder, name);
    const isOurs = folder !== flat || path.startsWith(root);
    if (isNative || event !== "rename" || isHidden(name) || !isOurs) return false;
    const [was, is] = [watchers.has(path), isFolder(path)];
    if (was) removeTree(path);
    if (is) attempt(() => addBelow(path));
    return was || is;
  }

  /** A folder may be gone before it is looked into. */
  function attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      if (error instanceof Proto4Error) onError(error);
    }
  }

  const close = (): void => {
    for (const watcher of watchers.values()) watcher.close();
  };
  try {
    addTree(root);
    add(flat);
    return close;
  } catch (error) {
    close();
    throw error;
  }
}

function start(
  folder: string,
  recursive: boolean,
  onEvent: (event: string, name: string | null) => void,
): FSWatcher {
  try {
    return watch(folder, { recursive }, onEvent);
  } catch (error) {
    throw explain(error, folder);
  }
}

/** What a check reads: sources, buf's configuration, and proto4's, whose waivers and baselines may have any name. */
function counts(path: string): boolean {
  return !path.split(/[\\/]/).some(isHidden) && /\.proto$|\.ya?ml$|^buf\.(lock|mod)$/.test(basename(path));
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && !isHidden(entry.name) ? [entry.name] : [],
  );
}

function isHidden(name: string): boolean {
  return name === "node_modules" || name.startsWith(".");
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** @see https://man7.org/linux/man-pages/man7/inotify.7.html */
function explain(error: unknown, folder: string): Proto4Error {
  const { code, message } = error as NodeJS.ErrnoException;
  const limits: Readonly<Record<string, string>> = {
    ENOSPC: "fs.inotify.max_user_watches",
    EMFILE: "fs.inotify.max_user_instances",
  };
  const limit = limits[code ?? ""];
  const why =
    limit === undefined
      ? `this folder cannot be watched: ${message}`
      : `the system watches no more folders: raise ${limit} (sysctl), or check a smaller part without --watch`;
  return new Proto4Error("input-unreadable", why, { location: { path: folder }, cause: error });
}
