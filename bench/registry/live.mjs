// node bench/registry/live.mjs [--instances N] [--seconds S]: what joining costs, after npm run build. Prints JSON.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startAgent } from "./agent.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const main = join(root, createRequire(import.meta.url)(join(root, "package.json")).bin.proto4);
const option = (name, otherwise) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const instances = option("--instances", 1000);
const seconds = option("--seconds", 60);
const folder = mkdtempSync(join(tmpdir(), "proto4-live-"));
const agent = await startAgent(root);
const store = `consul://${agent.address}`;
let fleet;

try {
  const importing = Array.from({ length: 9 }, () => fresh(importTime));
  const fingerprints = [0, 1, 2].map(publish);
  const idle = await cpuShare(10);
  fleet = await startFleet(fingerprints);
  // The first heartbeats come after most of a lease.
  await sleep(30_000);
  const busy = await cpuShare(seconds);
  const boards = Array.from({ length: 7 }, () => fresh(boardTime));
  const commands = Array.from({ length: 5 }, () =>
    wall(["registry", "drift", "--format", "json", "--store", store]),
  );
  const result = {
    ...{ instances, leaseSeconds: 30, node: process.version, cpu: cpus()[0]?.model },
    importMilliseconds: spread(importing.map(({ milliseconds }) => milliseconds)),
    joinSeconds: fleet.seconds,
    agentCpuPercentOfOneCore: { idle, withInstances: busy, seconds },
    // In a fresh process each, from the first request to the finished board.
    boardMilliseconds: spread(boards.map(({ milliseconds }) => milliseconds)),
    boardLive: boards[0].live,
    boardDrifts: boards[0].drifts,
    driftCommandMilliseconds: spread(commands),
  };
  console.log(JSON.stringify(result, null, 2));
} finally {
  fleet?.child.kill("SIGKILL");
  await agent.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** @returns the fingerprint of a version with one field more than the one before */
function publish(more) {
  const path = join(folder, "bench/v1");
  mkdirSync(path, { recursive: true });
  const fields = Array.from({ length: 10 + more }, (_, i) => `  string field_${i} = ${i + 1};\n`).join("");
  const service = "service Things { rpc Get(Thing) returns (Thing); }\n";
  writeFileSync(join(folder, "buf.yaml"), "version: v2\n");
  const text = `syntax = "proto3";\npackage bench.v1;\nmessage Thing {\n${fields}}\n${service}`;
  writeFileSync(join(path, "thing.proto"), text);
  succeed([main, "registry", "push", folder, "--subject", "bench/api", "--store", store]);
  const shown = succeed([main, "registry", "show", "bench/api", "--store", store]);
  return /[0-9a-f]{64}/.exec(shown)[0];
}

/** All instances in one process of their own, each with a connection of its own. */
async function startFleet(fingerprints) {
  const start = performance.now();
  const script = join(root, "bench/registry/fleet.mjs");
  const args = [script, store, String(instances), ...fingerprints];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return { child, seconds: round((performance.now() - start) / 1000) };
}

/** User and system time of the agent's process over some seconds. */
async function cpuShare(span) {
  const [before, start] = [cpuSeconds(agent.pid), performance.now()];
  await sleep(span * 1000);
  return round(((cpuSeconds(agent.pid) - before) / ((performance.now() - start) / 1000)) * 100);
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: fields 14 and 15, in ticks of 10 ms */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function importTime() {
  return `
    const start = performance.now();
    await import("proto4/join");
    console.log(JSON.stringify({ milliseconds: performance.now() - start }));`;
}

function boardTime() {
  return `
    import { openRegistry, buildBoard, loadAllObserved, loadContracts } from "./dist/src/registry/index.js";
    const registry = await openRegistry(${JSON.stringify(store)}, { now: Date.now });
    const start = performance.now();
    const observed = await loadAllObserved(registry.store);
    const contracts = await loadContracts(registry, { category: "WIRE", today: "2026-11-22" });
    const board = await buildBoard(observed, contracts, Date.now());
    const milliseconds = performance.now() - start;
    const live = observed.reduce((sum, each) => sum + each.live.length, 0);
    const drifts = board.environments.reduce((sum, each) => sum + each.drifts.length, 0);
    console.log(JSON.stringify({ milliseconds, live, drifts }));
    await registry.store.close();`;
}

function fresh(makeScript) {
  return JSON.parse(succeed(["--input-type=module", "--eval", makeScript()]));
}

function wall(args) {
  const start = performance.now();
  succeed([main, ...args]);
  return performance.now() - start;
}

function succeed(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${args.slice(0, 3).join(" ")}: ${stderr}`);
  return stdout;
}

function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return { median: round(sorted[Math.floor(sorted.length / 2)]), worst: round(sorted.at(-1)) };
}

function round(value) {
  return Math.round(value * 100) / 100;
}
