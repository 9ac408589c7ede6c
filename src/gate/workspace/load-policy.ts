import { posix, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import type { PolicyFile } from "../config/read-policy.js";
import { loadConfig } from "./load-config.js";
import { loadPlace } from "./load-place.js";
import type { Place } from "./place.js";

/**
 * Reads a proto4.yaml of any name. Relative paths start at `cwd`; those in the result are spelled from there, too.
 * @throws Proto4Error "config-invalid" with the place of what is wrong in it, or when there is no such file
 */
export async function loadPolicy(
  path: string,
  { cwd = resolve(".") }: { readonly cwd?: string } = {},
): Promise<PolicyFile> {
  const input = { kind: "folder", path: posix.dirname(path), options: new Map() } as const;
  const place = await loadPlace(input, { cwd });
  const file = await loadAt(place, place.folder, posix.basename(path));
  if (file !== undefined) return file;
  throw new Proto4Error("config-invalid", "there is no such file; name a proto4.yaml by its path", {
    location: { path },
  });
}

/**
 * Reads the proto4.yaml that lies in one of the folders of a place, if any.
 * @throws Proto4Error "config-invalid" with the place of what is wrong in it, and when there are several: one check
 * has one policy
 */
export async function findPolicy(place: Place, folders: readonly string[]): Promise<PolicyFile | undefined> {
  const [folder, other] = [...new Set(folders)].filter((at) => place.tree.has(posix.join(at, NAME)));
  if (other !== undefined)
    throw new Proto4Error(
      "config-invalid",
      `there is another one for a part of this input, ${place.show(posix.join(folder ?? ".", NAME))}; ` +
        "check the parts one by one, or say --policy",
      { location: { path: place.show(posix.join(other, NAME)) } },
    );
  return folder === undefined ? undefined : loadAt(place, folder, NAME);
}

const NAME = "proto4.yaml";

async function loadAt(place: Place, folder: string, name: string): Promise<PolicyFile | undefined> {
  // Most folders have none: what reads it is loaded for those that do.
  if (!place.tree.has(posix.join(folder, name))) return undefined;
  const { readPolicy } = await import("../config/read-policy.js");
  const file = await loadConfig(place, folder, readPolicy, name);
  const toShown = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : place.show(posix.join(folder, path));
  return file && { ...file, waivers: toShown(file.waivers), baseline: toShown(file.baseline) };
}
