import { performance } from "node:perf_hooks";

/**
 * Nanoseconds an operation takes once the compiler has settled: medians of ten stretches of 40 ms, after a warm-up
 * of half a second on the processor. `cpu` is the time on it of all threads, the collector's included.
 * @param run does so many operations
 */
export function timeOf(run) {
  const perStretch = warmUp(run);
  const stretches = Array.from({ length: 10 }, () => stretch(run, perStretch));
  const each = (pick) => (median(stretches.map(pick)) / perStretch) * 1e6;
  return { wall: each(({ wall }) => wall), cpu: each(({ cpu }) => cpu) };
}

/** @returns how many operations fill 40 ms, as the last stretch of the warm-up tells */
function warmUp(run) {
  let [count, spent, took] = [1, 0, 0];
  while (spent < 500 || took < 20) {
    const { wall, cpu } = stretch(run, count);
    took = wall;
    spent += cpu;
    count = Math.max(1, Math.ceil(count * Math.min(8, 40 / took)));
  }
  return count;
}

/** Milliseconds. */
function stretch(run, count) {
  const [start, busy] = [performance.now(), process.cpuUsage()];
  run(count);
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(busy);
  return { wall, cpu: (user + system) / 1000 };
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
