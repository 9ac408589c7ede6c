import { readFileSync, statSync } from "node:fs";
import { posix, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import type { Place } from "./place.js";

/** Where findings that are accepted are written down, or would be. */
export interface WaiversFile {
  /** What to call it where the user stands. */
  readonly path: string;
  /** Whether it can be written to: what a commit or an archive holds cannot. */
  readonly isOnDisk: boolean;
  /**
   * Its text, or `undefined` where there is no such file.
   * @throws Proto4Error "config-invalid" where it is a folder, too large, or kept from reading
   */
  read(): string | undefined;
}

/** What the file of waivers is called where nobody says otherwise. */
const NAME = "proto4.waivers.yaml";

/** A file of this machine. */
export function diskWaivers(path: string, cwd: string): WaiversFile {
  return { path, isOnDisk: true, read: () => readSmall(resolve(cwd, path), path) };
}

/**
 * The file of the usual name in the folders of a place.
 * @returns `undefined` where nobody can tell which folder is meant: there are several, and none has it
 * @throws Proto4Error "config-invalid" where several have it: one check has one such file
 */
export function findWaivers(place: Place, folders: readonly string[], cwd: string): WaiversFile | undefined {
  const candidates = [...new Set(folders)].map((folder) => posix.join(folder, NAME));
  const [path, other] = candidates.filter((each) => place.tree.has(each));
  if (path !== undefined && other !== undefined)
    throw new Proto4Error(
      "config-invalid",
      `there is another one for a part of this input, ${place.show(path)}; check the parts one by one, or name one ` +
        "by waivers in the file that --policy names",
      { location: { path: place.show(other) } },
    );
  const chosen = path ?? (candidates.length === 1 ? candidates[0] : undefined);
  return chosen === undefined ? undefined : waiversNamed(place, place.show(chosen), cwd);
}

/** A file that the proto4.yaml of a place names; what a commit or archive holds is called there as it is here. */
export function waiversNamed({ isOnDisk, tree }: Place, path: string, cwd: string): WaiversFile {
  return isOnDisk ? diskWaivers(path, cwd) : { path, isOnDisk, read: () => tree.read(path) };
}

/** 50,000 values, which is as many as are read, fit in with room. */
const MOST_BYTES = 4 << 20;

function readSmall(file: string, path: string): string | undefined {
  try {
    const found = statSync(file);
    if (!found.isFile())
      throw unreadable(path, found.isDirectory() ? "it is a folder" : "it is no ordinary file");
    const { size } = found;
    if (size > MOST_BYTES)
      throw unreadable(path, `it has ${size} bytes, and ${MOST_BYTES} are the most that is read`);
    return readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw cause instanceof Proto4Error ? cause : unreadable(path, (cause as Error).message, cause);
  }
}

function unreadable(path: string, why: string, cause?: unknown): Proto4Error {
  return new Proto4Error("config-invalid", `this file cannot be read: ${why}`, { location: { path }, cause });
}
