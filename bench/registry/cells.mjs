// Starts cells, each in a process of its own, and the stores that they are measured with.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { root } from "../translate/folders.mjs";
import { startAgent } from "./agent.mjs";

const here = join(root, "bench/registry");

/** @returns what the cell printed */
export function run(cell, given) {
  return JSON.parse(
    execFileSync(process.execPath, [join(here, "cell.mjs"), cell, JSON.stringify(given)], large),
  );
}

/** A measurement that is a program by itself. */
export function program(file, ...args) {
  const flags = ["--expose-gc", join(here, file), ...args];
  return JSON.parse(execFileSync(process.execPath, flags, { ...large, cwd: root }));
}

/** Runs the command as users do, with its requests counted. @returns milliseconds of the whole process */
export function command(args, { cache, folder }) {
  const requests = join(folder, "requests");
  const env = { ...process.env, XDG_CACHE_HOME: cache, REQUESTS: requests };
  const counting = ["--import", join(here, "count-requests.mjs")];
  const start = performance.now();
  const cli = join(root, "dist/bundle/cli/main.cjs");
  const { status, stderr } = spawnSync(process.execPath, [...counting, cli, ...args], { ...large, env });
  const wall = performance.now() - start;
  if (status !== 0) throw new Error(`proto4 ${args.join(" ")}: ${stderr}`);
  return { wall, requests: Number(readFileSync(requests, "utf8")) };
}

/** Calls `measure` with each store in turn, new and empty, and gives all rows. */
export async function onStores(measure) {
  const folder = mkdtempSync(join(tmpdir(), "proto4-registry-"));
  const agent = await startAgent(root);
  try {
    const consul = { kind: "Consul", store: `consul://${agent.address}` };
    const lmdb = { kind: "LMDB", store: `lmdb:${join(folder, "store.lmdb")}` };
    return [consul, lmdb].flatMap((each) =>
      measure({ ...each, folder, cache: mkdtempSync(join(folder, "cache-")) }),
    );
  } finally {
    await agent.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export function times(count, action) {
  return Array.from({ length: count }, (_, i) => action(i));
}

const large = { encoding: "utf8", maxBuffer: 1 << 28 };
