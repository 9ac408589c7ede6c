import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import { findBuf } from "../../src/image/find-buf.js";

/** A folder with these files, gone when the test has ended. */
export async function writeSources(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  // Without waiting: where tests run side by side, nobody knows afterwards which of them this one was.
  const folder = mkdtempSync(join(tmpdir(), "proto4-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** Runs a command in a folder; fails the test with what the command said. */
export async function run(folder: string, command: string, ...args: readonly string[]): Promise<void> {
  await promisify(execFile)(command, args, { cwd: folder });
}

export function buf(folder: string, ...args: readonly string[]): Promise<void> {
  return run(folder, findBuf(), ...args);
}
