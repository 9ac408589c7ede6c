import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { type HookPlace, loadHookPlace } from "./load-hook-place.js";
import { type Checked, chainedName, checkedBy, commandOf, hookScript, isOurs } from "./script.js";

/** What the hook is to check besides what it checks already. */
export interface HookOptions {
  /** Workspaces, from `folder`; itself if none. */
  readonly folders?: readonly string[];
  readonly against?: string;
}

/**
 * Writes the hook of the repository around a folder. One of ours that is there goes on to check what it checks: a
 * repository may have several workspaces, each with its own init. Another one is kept, and runs first.
 */
export async function install(folder: string, { folders = [], against }: HookOptions): Promise<void> {
  const place = await loadHookPlace(folder);
  const { top, found, manager } = place;
  const wanted = (folders.length === 0 ? ["."] : folders).map((each) => fromTop(top, resolve(folder, each)));
  const isForeign = found !== undefined && !isOurs(found);
  const kept = isForeign ? undefined : checkedBy(found ?? "");
  const checked: Checked = {
    folders: [...new Set([...(kept?.folders ?? []), ...wanted])],
    against: against ?? kept?.against,
  };
  if (manager !== undefined)
    throw usage(
      place,
      `${manager.name} writes the hooks of this repository; ${manager.advise(`npx ${commandOf(checked)}`)}`,
    );
  if (isForeign && existsSync(chainedOf(place)))
    throw usage(
      place,
      `another hook has come here, and ${show(chainedOf(place))} keeps the one before: make one of the two, and remove the other`,
    );
  const script = hookScript(checked);
  await writeHook(place, script, isForeign);
  tell(place, found === script ? "kept" : "wrote", checked);
}

async function writeHook(place: HookPlace, script: string, isForeign: boolean): Promise<void> {
  const { file } = place;
  await changing(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    if (isForeign) renameSync(file, chainedOf(place));
    writeFileSync(file, script);
    chmodSync(file, 0o755);
  });
}

function tell(place: HookPlace, what: string, { folders }: Checked): void {
  const several = folders.length > 1 ? `; it checks ${folders.join(", ")}` : "";
  const chained = existsSync(chainedOf(place)) ? `; ${show(chainedOf(place))} runs first` : "";
  process.stdout.write(`${what}  ${show(place.file)}${several}${chained}\n`);
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

function usage({ file }: HookPlace, message: string): Proto4Error {
  return new Proto4Error("usage", message, { location: { path: show(file) } });
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
