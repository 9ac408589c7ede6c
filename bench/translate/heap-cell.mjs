// node --expose-gc heap-cell.mjs DIRECTION CONTENDER POINTS: prints the bytes that one call allocates.
import { PerformanceObserver, performance } from "node:perf_hooks";
import { setImmediate as nextTurn } from "node:timers/promises";
import { loadContender } from "./contenders.mjs";
import { batchOf } from "./inputs.mjs";
import { median, timeOf } from "./time.mjs";

const [direction, contender, points] = process.argv.slice(2);
const bytes = await batchOf(Number(points), direction);
const translate = await loadContender(contender, "Batch", direction, bytes);
if (translate !== undefined) {
  timeOf(run);
  const tries = [];
  let count = 256;
  while (tries.length < 5) {
    const allocated = await allocatedBy(count);
    if (allocated === undefined) count = halved(count);
    else tries.push(allocated / count);
  }
  console.log(Math.round(median(tries)));
}

function run(count) {
  let produced = 0;
  for (let i = 0; i < count; i++) produced += translate(bytes).length;
  if (produced === 0) throw new Error(`${contender} produced nothing`);
}

/**
 * What is in use grows by all that is allocated, for as long as nothing is collected.
 * @returns `undefined` where something was
 */
async function allocatedBy(count) {
  const collections = [];
  const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
  globalThis.gc();
  await nextTurn();
  observer.observe({ entryTypes: ["gc"] });
  const [start, before] = [performance.now(), inUse()];
  run(count);
  const [end, after] = [performance.now(), inUse()];
  // The observer is told in a later turn.
  await nextTurn();
  await nextTurn();
  observer.disconnect();
  const disturbed = collections.some(({ startTime }) => startTime >= start && startTime <= end);
  return disturbed ? undefined : after - before;
}

function inUse() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function halved(count) {
  if (count === 1) throw new Error(`${contender} allocates too much to be measured without a collection`);
  return count / 2;
}
