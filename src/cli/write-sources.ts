import { constants } from "node:fs";
import { access, chmod, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Proto4Error } from "../diagnostics/index.js";
import { makeFolder } from "../files/index.js";

/** A source to write. */
export interface SourceEdit {
  /** What to call it. */
  readonly path: string;
  /** Where it lies. */
  readonly file: string;
  /** What it held when it was read; `undefined` for a new one. */
  readonly before: Buffer | undefined;
  readonly after: string;
}

/**
 * Writes all sources or none. Each is written beside what it takes the place of, so that nobody ever reads half of one;
 * what a link leads to is written, and the link stays.
 * @throws Proto4Error "source-changed" where a source is not as it was read, "output-unwritable"
 */
export async function writeSources(edits: readonly SourceEdit[]): Promise<void> {
  const targets = await Promise.all(edits.map(prepare));
  const drafts: string[] = [];
  try {
    for (const target of targets) drafts.push(await draft(target));
    await Promise.all(targets.map(checkUnchanged));
    await replaceAll(targets, drafts);
  } finally {
    await Promise.all(drafts.map((path) => rm(path, { force: true })));
  }
}

interface Target extends SourceEdit {
  /** What links lead to. */
  readonly real: string;
  readonly mode: number;
}

async function prepare(edit: SourceEdit): Promise<Target> {
  const { path, file, before } = edit;
  try {
    if (before === undefined) {
      await makeFolder(dirname(file));
      return { ...edit, real: file, mode: USUAL_MODE };
    }
    const real = await realpath(file);
    await access(real, constants.W_OK);
    await access(dirname(real), constants.W_OK);
    return { ...edit, real, mode: (await stat(real)).mode };
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Its name is the same for all who write the source, so that of two at once only one does. */
async function draft({ path, real, mode, after }: Target): Promise<string> {
  const beside = join(dirname(real), `.${basename(real)}.proto4-fix`);
  try {
    if (await isLeftBehind(beside)) await rm(beside, { force: true });
    await writeFile(beside, after, { flag: "wx" });
    await chmod(beside, mode & PERMISSIONS);
    return beside;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "EEXIST") throw changed(path);
    await rm(beside, { force: true }).catch(() => {});
    throw unwritable(path, cause);
  }
}

/** Of a run that was killed: others take less than that. */
async function isLeftBehind(draft: string): Promise<boolean> {
  const found = await stat(draft).catch(() => undefined);
  return found !== undefined && Date.now() - found.mtimeMs > STALE;
}

const STALE = 60_000;

async function checkUnchanged({ path, real, before }: Target): Promise<void> {
  const now = await readFile(real).catch(() => undefined);
  if (before === undefined ? now === undefined : now?.equals(before)) return;
  throw changed(path);
}

function changed(path: string): Proto4Error {
  return new Proto4Error(
    "source-changed",
    "this file was changed while it was being fixed; nothing was written: run proto4 check --fix again",
    { location: { path } },
  );
}

/** Whoever wrote some of them and fails, puts these back. */
async function replaceAll(targets: readonly Target[], drafts: readonly string[]): Promise<void> {
  const done: Target[] = [];
  for (const [index, target] of targets.entries())
    try {
      await rename(drafts[index]!, target.real);
      done.push(target);
    } catch (cause) {
      await Promise.all(done.map(putBack));
      throw unwritable(target.path, cause);
    }
}

async function putBack({ real, before }: Target): Promise<void> {
  await (before === undefined ? rm(real, { force: true }) : writeFile(real, before));
}

function unwritable(path: string, cause: unknown): Proto4Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Proto4Error(
    "output-unwritable",
    `this file cannot be written, and nothing was: ${why}; make it and its folder writable, or see --fix=dry`,
    { location: { path }, cause },
  );
}

const USUAL_MODE = 0o644;
const PERMISSIONS = 0o7777;
