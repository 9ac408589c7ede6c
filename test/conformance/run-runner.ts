import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Command } from "../setup/conformance-runner.js";
import type { PeerName } from "./peer.js";

/** What the runner says of one peer in binary and JSON. */
export interface Verdict {
  readonly peer: PeerName;
  readonly passed: number;
  readonly skipped: number;
  /** What was wrong, with request and response, by the name of the test. */
  readonly failed: ReadonlyMap<string, string>;
}

/**
 * Has the runner ask all that it knows, recommended tests and all editions included.
 * @param testee the bundled testee
 * @param folder of the generations; the runner leaves its lists there
 * @throws Error where the runner broke off
 */
export async function runRunner(
  runner: Command,
  testee: string,
  folder: string,
  peer: PeerName,
): Promise<Verdict> {
  const [path, ...first] = runner;
  const options = ["--enforce_recommended", "--maximum_edition", "2024", "--output_dir", `${folder}/`];
  const said = await output(path, [...first, ...options, process.execPath, testee, peer, folder]);
  // Where this suite passes, one of the text format follows, all of which is skipped.
  const counts =
    /CONFORMANCE SUITE \w+: (\d+) successes, (\d+) skipped, 0 expected failures, (\d+) unex/.exec(said);
  const failed = new Map(
    [...said.matchAll(/^ERROR, test=(\S+): (.*)$/gm)].map(([, name, why]) => [name!, why!]),
  );
  if (counts === null || Number(counts[3]) !== failed.size)
    throw new Error(`the runner broke off, or reports otherwise than expected:\n${said.slice(-2000)}`);
  return { peer, passed: Number(counts[1]), skipped: Number(counts[2]), failed };
}

/** The exit code does not matter: it is 1 as soon as one test fails. */
async function output(path: string, args: readonly string[]): Promise<string> {
  const child = spawn(path, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  await once(child, "close");
  return said;
}
