import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { runGit } from "../../image/index.js";
import { type Manager, managerOf } from "./managers.js";

/** Where a repository has its pre-commit hook. */
export interface HookPlace {
  /** The root of the work tree. */
  readonly top: string;
  /** The hook's file, whether it is there or not. */
  readonly file: string;
  /** What is in it; `undefined` where it is not there. */
  readonly found: string | undefined;
  /** Who else writes it. */
  readonly manager: Manager | undefined;
}

/**
 * Finds the hook of the repository around a folder, also where core.hooksPath or a second work tree has it elsewhere.
 * @throws Proto4Error "usage" where there is no repository, or where other repositories share the hook
 */
export async function loadHookPlace(folder: string): Promise<HookPlace> {
  const at = resolve(folder);
  const ask = (...args: readonly string[]) => askGit(at, args);
  const top = await ask("rev-parse", "--show-toplevel");
  const absolute = ["rev-parse", "--path-format=absolute"];
  const hooks = await ask(...absolute, "--git-path", "hooks");
  const common = await ask(...absolute, "--git-common-dir");
  const file = join(hooks, "pre-commit");
  if (![top, common].some((within) => isInside(hooks, within))) throw shared(file);
  const found = existsSync(file) ? readFileSync(file, "utf8") : undefined;
  return { top, file, found, manager: managerOf(relative(top, hooks), found ?? "") };
}

async function askGit(folder: string, args: readonly string[]): Promise<string> {
  try {
    return (await runGit(folder, args, { env: process.env })).trimEnd();
  } catch (cause) {
    const { stderr = "" } = cause as { stderr?: string };
    throw new Proto4Error("usage", `there is no work tree of git: ${stderr.trim() || String(cause)}`, {
      location: { path: folder },
      cause,
    });
  }
}

function shared(file: string): Proto4Error {
  return new Proto4Error(
    "usage",
    "core.hooksPath leads out of this repository, to hooks that others share; add there yourself:  proto4 hook run",
    { location: { path: dirname(file) } },
  );
}

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}${folder.endsWith("/") ? "" : "/"}`);
}
