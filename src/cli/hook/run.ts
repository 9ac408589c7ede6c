import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join, posix } from "node:path";
import { loadStaged, type Staged } from "./load-staged.js";

/**
 * `proto4 hook run`: judges what is staged, whatever else lies in the work tree, by the policy that is staged, too.
 * Exit code 0, also where nothing is staged that protobuf is made of; 100 for findings; 1 for errors.
 */
export async function runHook(
  folders: readonly string[],
  { against }: { readonly against?: string },
): Promise<void> {
  const found = loadStaged(against);
  const { before, isTouched, prefix } = found;
  if (before === undefined || !isTouched) return;
  const wanted = (folders.length === 0 ? ["."] : folders).map((folder) => posix.join(prefix || ".", folder));
  await inTemporaryFolder(async (folder) => {
    const staged = { ...found, repository: addressable(found.repository, folder) };
    const work = join(folder, "work");
    mkdirSync(work);
    staged.writeTo(work);
    process.chdir(work); // so that places are told as from the root of the work tree
    for (const each of wanted) await checkOne(staged, before, each);
  });
  if (process.exitCode === 100)
    process.stderr.write("nothing was committed; git commit --no-verify commits it as it is\n");
}

async function checkOne(staged: Staged, before: string, folder: string): Promise<void> {
  const why = incomparable(staged, before, folder);
  if (why !== undefined) {
    process.stderr.write(`${folder}: not compared, since ${why}\n`);
    return;
  }
  const { makeCommand } = await import("../check.js");
  await makeCommand().parseAsync([folder, "--against", inputOf(staged, before, folder)], { from: "user" });
}

/** A first version has nothing to keep to, and one without a buf.yaml may have other modules. */
function incomparable(
  { has, hasProtos, stagesProtos }: Staged,
  before: string,
  folder: string,
): string | undefined {
  if (!stagesProtos(folder)) return "no .proto file is staged there";
  if (!hasProtos(before, folder)) return "the commit before has no .proto files there";
  const isNew = configs.some((name) => {
    const path = posix.join(folder, name);
    return existsSync(path) && !configs.some((other) => has(before, posix.join(folder, other)));
  });
  return isNew ? "the commit before has no buf.yaml there" : undefined;
}

const configs = ["buf.yaml", "buf.work.yaml"];

function inputOf({ repository }: Staged, commit: string, folder: string): string {
  const subdir = folder === "." ? "" : `,subdir=${folder}`;
  // A repository may lie in a folder of any name.
  const format = repository.endsWith(".git") ? "" : "format=git,";
  return `${repository}#${format}ref=${commit}${subdir}`;
}

/** An input of buf's has no `#` in its path: the folder then gets another name. */
function addressable(repository: string, folder: string): string {
  if (!repository.includes("#")) return repository;
  const link = join(folder, "repository.git");
  symlinkSync(repository, link, "junction");
  return link;
}

async function inTemporaryFolder(action: (folder: string) => Promise<void>): Promise<void> {
  const [back, folder] = [process.cwd(), realpathSync(mkdtempSync(join(tmpdir(), "proto4-hook-")))];
  const remove = (): void => {
    process.chdir(back);
    rmSync(folder, { recursive: true, force: true });
  };
  const stop = (signal: NodeJS.Signals): void => {
    remove();
    process.exit(128 + constants.signals[signal]);
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.once(signal, stop);
  try {
    await action(folder);
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
    remove();
  }
}
