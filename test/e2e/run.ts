import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";

/** How a command ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in `dir`, with the binaries of its node_modules in reach as npm has them. */
export async function run(dir: string, command: string, ...args: readonly string[]): Promise<Outcome> {
  const { PROTO4_STORE: _, ...env } = process.env;
  const path = [join(dir, "node_modules", ".bin"), process.env.PATH].join(delimiter);
  const child = spawn(command, args, {
    cwd: dir,
    env: { ...env, PATH: path },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { code: code as number, stdout, stderr };
}

/** Runs a command that must succeed. */
export async function succeed(dir: string, command: string, ...args: readonly string[]): Promise<Outcome> {
  const outcome = await run(dir, command, ...args);
  if (outcome.code !== 0)
    throw new Error(
      `${command} ${args.join(" ")} ended with ${outcome.code}:\n${outcome.stdout}${outcome.stderr}`,
    );
  return outcome;
}
