import { mkdtemp, readdir, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { makeFolder } from "../../files/index.js";
import { isGitsOwn } from "../gits-own.js";
import type { Registry } from "../registry.js";
import type { VersionRecord } from "../store/records.js";
import { loadChain } from "./load-chain.js";
import { serializeImage } from "./serialize-image.js";

/**
 * Writes a version into a folder that is not there yet, or empty: the sources by their paths, and the image
 * as `image.binpb`. The folder appears whole or not at all.
 * @returns the paths written, the sources first
 * @throws Proto4Error "output-unwritable"
 */
export async function exportVersion(
  registry: Registry,
  version: Pick<VersionRecord, "packs">,
  folder: string,
): Promise<readonly string[]> {
  await checkFree(folder);
  const { open } = await loadChain(registry, version);
  const sources = await open.sources();
  if (sources.has(imageName))
    throw unwritable(
      folder,
      `a source is called ${imageName}, as the image is to be; rename it and push again`,
    );
  const hostile = [...sources.keys()].find(isGitsOwn);
  if (hostile !== undefined)
    throw unwritable(folder, `${hostile} would lie in git's own folder, whose configuration git runs`);
  const files = new Map([...sources, [imageName, serializeImage(await open.image())]]);
  try {
    // What a link leads to takes its place, and the link stays.
    await writeWhole(await realpath(folder).catch(() => resolve(folder)), files);
  } catch (cause) {
    throw unwritable(folder, cause instanceof Error ? cause.message : String(cause), cause);
  }
  return [...files.keys()];
}

async function checkFree(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw unwritable(folder, error.code === "ENOTDIR" ? "it is a file" : error.message, error);
  });
  if (found.length > 0) throw unwritable(folder, "it is not empty; name a folder that is not there yet");
  // Another folder takes its place: whoever stands in it would stand in one that is gone.
  if (await isHere(folder))
    throw unwritable(folder, "you stand in it, and a new one would take its place; name one inside it");
}

async function isHere(folder: string): Promise<boolean> {
  const [there, here] = await Promise.all([folder, "."].map((path) => stat(path).catch(() => undefined)));
  return there !== undefined && there.ino === here?.ino && there.dev === here.dev;
}

/**
 * In a folder beside, so that the last step is one rename on the same disk. That one is its maker's alone; what
 * is renamed lies in it, and is open to whom the user's mask says.
 */
async function writeWhole(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  await makeFolder(dirname(folder));
  const beside = await mkdtemp(`${folder}.partial-`);
  const whole = join(beside, "whole");
  try {
    for (const [path, bytes] of files) {
      await makeFolder(dirname(join(whole, path)));
      await writeFile(join(whole, path), bytes, { flag: "wx" });
    }
    await rename(whole, folder);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

const imageName = "image.binpb";

function unwritable(folder: string, what: string, cause?: unknown): Proto4Error {
  return new Proto4Error("output-unwritable", `nothing was written into this folder: ${what}`, {
    location: { path: folder },
    cause,
  });
}
