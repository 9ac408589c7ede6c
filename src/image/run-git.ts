import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type BufOptions, outsideHooks } from "./run-buf.js";

/**
 * Runs a git command that lists something with `-z`.
 * @returns the entries
 * @throws whatever git has to say
 */
export async function listByGit(
  folder: string,
  args: readonly string[],
  { env }: BufOptions,
): Promise<readonly string[]> {
  const { stdout } = await run("git", ["-C", folder, ...args], {
    maxBuffer: 1 << 30,
    ...(env === undefined ? {} : { env: outsideHooks(env) }),
  });
  return stdout.split("\0").filter(Boolean);
}

const run = promisify(execFile);
