import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { performance } from "node:perf_hooks";

/** Runs commands in turn, so that what else the machine does meets all of them; the median of each. */
export function compare(rounds, commands) {
  const runs = commands.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, { command, prepare }] of commands.entries()) {
      prepare?.();
      runs[i].push(run(command));
    }
  return runs.map((list) => ({
    seconds: median(list.map(({ seconds }) => seconds)),
    megabytes: median(list.map(({ megabytes }) => megabytes)),
    cpu: median(list.map(({ cpu }) => cpu)),
  }));
}

/** The whole process: wall time, and peak memory where the system's `time` tells it. */
function run({ file, args, cwd, env }) {
  const [program, ...rest] = [...(timer ?? []), file, ...args];
  const start = performance.now();
  const { stderr, error, status } = spawnSync(program, rest, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 30,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const seconds = (performance.now() - start) / 1000;
  if (error) throw error;
  if (status !== 0 && status !== 100) throw new Error(`${file} ${args.join(" ")}\n${stderr}`);
  return { seconds, megabytes: peakOf(stderr), cpu: cpuOf(stderr) };
}

const timers = { linux: ["/usr/bin/time", "-v"], darwin: ["/usr/bin/time", "-l"] };
const timer = existsSync("/usr/bin/time") ? timers[process.platform] : undefined;

function peakOf(stderr) {
  const kilobytes = /Maximum resident set size \(kbytes\): (\d+)/.exec(stderr);
  if (kilobytes) return Number(kilobytes[1]) / 1024;
  const bytes = /(\d+)\s+maximum resident set size/.exec(stderr);
  return bytes ? Number(bytes[1]) / 1024 / 1024 : Number.NaN;
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

/** User and system time: on a busy machine, waiting for a core is most of the wall time of short runs. */
function cpuOf(stderr) {
  const [user, system] = [/User time \(seconds\): ([\d.]+)/, /System time \(seconds\): ([\d.]+)/].map(
    (line) => Number(line.exec(stderr)?.[1] ?? Number.NaN),
  );
  return user + system;
}
