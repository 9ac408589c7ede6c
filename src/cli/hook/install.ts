import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { type HookPlace, loadHookPlace } from "./load-hook-place.js";
import { chainedName, hookScript, isOurs } from "./script.js";

/** What the hook is to check. */
export interface HookOptions {
  /** Workspaces, from `folder`; itself if none. */
  readonly folders?: readonly string[];
  readonly against?: string;
}

/** Writes the hook of the repository around a folder; another one that is there is kept, and runs first. */
export async function install(folder: string, { folders = [], against }: HookOptions): Promise<void> {
  const place = await loadHookPlace(folder);
  const { top, file, found } = place;
  const wanted = (folders.length === 0 ? ["."] : folders).map((each) => fromTop(top, resolve(folder, each)));
  const script = hookScript(wanted.join() === "." ? [] : wanted, against);
  const isForeign = found !== undefined && !isOurs(found);
  await changing(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    if (isForeign) renameSync(file, chainedOf(place));
    writeFileSync(file, script);
    chmodSync(file, 0o755);
  });
  const chained = existsSync(chainedOf(place)) ? `; ${show(chainedOf(place))} runs first` : "";
  process.stdout.write(`${found === script ? "kept" : "wrote"}  ${show(file)}${chained}\n`);
}

/** Takes the hook out, and puts back what was there before. */
export async function uninstall(folder: string): Promise<void> {
  const place = await loadHookPlace(folder);
  const { file, found } = place;
  if (found === undefined || !isOurs(found)) {
    process.stdout.write(`there is no hook of proto4 at ${show(file)}\n`);
    return;
  }
  const chained = chainedOf(place);
  const isChained = existsSync(chained);
  await changing(file, () => (isChained ? renameSync(chained, file) : rmSync(file)));
  process.stdout.write(`removed  ${show(file)}${isChained ? ", and put back the hook before it" : ""}\n`);
}

function chainedOf({ file }: HookPlace): string {
  return join(dirname(file), chainedName);
}

function fromTop(top: string, path: string): string {
  const within = relative(top, path).replaceAll("\\", "/");
  if (!within.startsWith("..")) return within || ".";
  throw new Proto4Error("usage", "it lies in another repository: install its hook from there", {
    location: { path },
  });
}

function show(path: string): string {
  return relative("", path);
}

/** @throws Proto4Error "output-unwritable" */
async function changing(file: string, action: () => void): Promise<void> {
  try {
    action();
  } catch (cause) {
    throw new Proto4Error("output-unwritable", `the hook cannot be changed: ${(cause as Error).message}`, {
      location: { path: file },
      cause,
    });
  }
}
