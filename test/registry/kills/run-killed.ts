import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { root } from "../../setup/source-files.js";

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Milliseconds that it ran. */
  readonly took: number;
}

/**
 * Runs `proto4`, as `npm test` has built it.
 * @param delay milliseconds after which it is killed; it may have ended before
 */
export async function runKilled(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  delay?: number,
): Promise<Ended> {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, "dist/bundle/cli/main.cjs"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const timer = delay === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), delay);
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  clearTimeout(timer);
  return { code, signal, ...output, took: performance.now() - began };
}
