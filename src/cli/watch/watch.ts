import { existsSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { formatErrors, Proto4Error } from "../../diagnostics/index.js";
import { loadModuleRoots } from "../../gate/index.js";
import { runGit } from "../../image/index.js";
import type { Comparison } from "../comparison.js";
import type { LoadedComparison } from "../load-comparison.js";
import { keepElder } from "./keep-elder.js";
import { makeSignal, type Signal } from "./signal.js";
import { watchFolders } from "./watch-folders.js";

/** One check of what is loaded, printed as ever. */
export type Check = (load: () => Promise<LoadedComparison>) => Promise<void>;

/**
 * Checks again after each save, until the process is told to end. What is wrong with sources or configuration is
 * printed, and gone when it is mended.
 * @throws Proto4Error "usage" where the input is no folder, "input-unreadable" where the system watches no more
 */
export async function watch(input: string, options: Comparison, check: Check): Promise<void> {
  const root = await rootOf(input);
  const signal = makeSignal();
  let failure: unknown;
  const fail = (error: unknown): void => {
    failure = error;
    signal.raise();
  };
  const close = watchFolders(root, { flat: resolve("."), onChange: signal.raise, onError: fail });
  endWhenTold();
  try {
    const load = keepElder(input, options);
    for (;;) {
      if (failure !== undefined) throw failure;
      await checkOnce(check, load);
      await signal.wait();
      await settle(signal, root);
    }
  } finally {
    close();
  }
}

/** Where the workspace begins, which a folder may be a part of. */
async function rootOf(input: string): Promise<string> {
  const found = statSync(input, { throwIfNoEntry: false });
  const folder = found?.isFile() && input.endsWith(".proto") ? dirname(input) : input;
  if (found === undefined || (found.isFile() && folder === input))
    throw new Proto4Error("usage", "--watch watches a folder of sources: name one", {
      location: { path: input },
    });
  // A malformed buf.yaml is no reason not to begin: it may be what is about to be mended.
  const modules = await loadModuleRoots(folder).catch(() => undefined);
  return resolve(modules?.home ?? folder);
}

async function checkOnce(check: Check, load: () => Promise<LoadedComparison>): Promise<void> {
  const start = performance.now();
  process.exitCode = 0;
  try {
    await check(async () => {
      const loaded = await load();
      clear();
      return loaded;
    });
  } catch (error) {
    if (!(error instanceof Proto4Error)) throw error;
    clear();
    process.stderr.write(`${formatErrors(error)}\n`);
  }
  const time = new Date().toTimeString().slice(0, 8);
  process.stderr.write(`${time}  checked in ${Math.round(performance.now() - start)} ms, watching\n`);
}

/** Only now that there is something to show: a screen that is empty meanwhile flickers. */
function clear(): void {
  if (process.stdout.isTTY) process.stdout.write("\u001b[2J\u001b[3J\u001b[H");
}

/** Waits until a burst of saves is over, and until git has put all files of a checkout in their place. */
async function settle(signal: Signal, root: string): Promise<void> {
  const start = performance.now();
  const isEarly = (longest: number): boolean => performance.now() - start < longest;
  do await sleep(SETTLE);
  while (signal.take() && isEarly(LONGEST_BURST));
  const lock = await gitLock(root);
  while (lock !== undefined && existsSync(lock) && isEarly(LONGEST_CHECKOUT)) await sleep(SETTLE);
}

/** The same for as long as the process runs. */
function gitLock(root: string): Promise<string | undefined> {
  lock ??= runGit(root, ["rev-parse", "--path-format=absolute", "--git-path", "index.lock"], {
    env: process.env,
  }).then(
    (said) => said.trimEnd(),
    () => undefined,
  );
  return lock;
}

let lock: Promise<string | undefined> | undefined;

/** In peace: whoever watches has seen what there is to see. */
function endWhenTold(): void {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => process.exit(0));
}

/** Editors write a file in a few steps, milliseconds apart. */
const SETTLE = 15;
const LONGEST_BURST = 500;
const LONGEST_CHECKOUT = 10_000;
