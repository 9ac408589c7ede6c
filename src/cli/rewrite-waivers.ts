import { constants } from "node:fs";
import { access, chmod, realpath, rename, rm, stat, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { Proto4Error } from "../diagnostics/index.js";
import type { WaiversFile } from "../gate/index.js";

/**
 * Edits a file of waivers, one command after the other: of two that read the same text, the later would take back what
 * the earlier wrote. Nobody ever reads half of it.
 * @param edit makes of its text, or of nothing, what it is to be; `undefined` takes the file away
 * @throws Proto4Error "output-unwritable", and whatever `edit` throws, with the file as it was
 */
export async function rewriteWaivers(
  file: WaiversFile,
  edit: (text: string | undefined) => Promise<string | undefined>,
): Promise<void> {
  const target = await realpath(file.path).catch(() => resolve(file.path));
  const draft = join(dirname(target), `.${basename(target)}.lock`);
  const isLocked = await tryTo(file, () => lock(draft));
  try {
    const text = await edit(file.read());
    await tryTo(file, () => replace(target, text, isLocked ? draft : undefined));
  } catch (error) {
    if (isLocked) await rm(draft, { force: true });
    throw error;
  }
}

/** Whether it is ours alone: in a folder that nobody may write to, nobody can say so. */
async function lock(draft: string): Promise<boolean> {
  for (let tries = 0; tries < MOST_TRIES; tries++)
    try {
      await writeFile(draft, "", { flag: "wx" });
      return true;
    } catch (cause) {
      const { code = "" } = cause as NodeJS.ErrnoException;
      if (code !== "EEXIST") return false;
      await dropStale(draft);
      await setTimeout(PAUSE);
    }
  throw new Error(`another command writes it; if none does, remove ${draft}`);
}

/** Whoever was killed leaves it behind; an edit takes less than a second. */
async function dropStale(draft: string): Promise<void> {
  const found = await stat(draft).catch(() => undefined);
  if (found !== undefined && Date.now() - found.mtimeMs > STALE) await rm(draft, { force: true });
}

const PAUSE = 20;
const STALE = 10_000;
/** Some more than what it takes for a lock to be stale. */
const MOST_TRIES = (1.5 * STALE) / PAUSE;

async function replace(target: string, text: string | undefined, draft: string | undefined): Promise<void> {
  const before = await stat(target).catch(() => undefined);
  if (before !== undefined) await access(target, constants.W_OK);
  if (text === undefined) {
    await unlink(target);
    if (draft !== undefined) await rm(draft, { force: true });
  } else if (draft === undefined) await writeFile(target, text);
  else {
    await writeFile(draft, text);
    if (before !== undefined) await chmod(draft, before.mode & PERMISSIONS);
    await rename(draft, target);
  }
}

const PERMISSIONS = 0o7777;

async function tryTo<T>({ path }: WaiversFile, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Proto4Error("output-unwritable", `this file cannot be written: ${why}`, {
      location: { path },
      cause,
    });
  }
}
