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
  options: Pick<BufOptions, "env">,
): Promise<readonly string[]> {
  return (await runGit(folder, args, options)).split("\0").filter(Boolean);
}

/**
 * Runs a git command in a folder.
 * @returns what it wrote on its standard output
 * @throws whatever git has to say
 */
export async function runGit(
  folder: string,
  args: readonly string[],
  { env }: Pick<BufOptions, "env">,
): Promise<string> {
  const { stdout } = await run("git", ["-C", folder, ...args], {
    maxBuffer: 1 << 30,
    ...(env === undefined ? {} : { env: outsideHooks(env) }),
  });
  return stdout;
}

const run = promisify(execFile);
