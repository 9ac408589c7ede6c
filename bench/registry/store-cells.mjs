// Each cell is a process with a store; times are milliseconds, those of lookups microseconds, memory is megabytes.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { Agent, get } from "node:http";
import { performance } from "node:perf_hooks";
import { built } from "../translate/folders.mjs";
import { takeRequests } from "./count-requests.mjs";
import { changed, loadSubject, request, subjectName } from "./subject.mjs";

export const storeCells = {
  /** A first version, or one on top of what is there when `number` says which. */
  publish: async ({ store, cache, count, number }) => {
    const all = await loadSubject(count);
    const subject = number === undefined ? all : await changed(all, number);
    return withRegistry(store, cache, (registry, { publish }) => publishing(registry, publish, subject));
  },

  /** Version after version by one process; what takes part in the first one is still to be read and compiled. */
  again: async ({ store, cache, count, number, times }) => {
    const all = await loadSubject(count);
    return withRegistry(store, cache, async (registry, { publish }) => {
      const runs = [];
      for (let i = 0; i < times; i++) {
        const subject = await changed(all, number + i);
        runs.push(await publishing(registry, publish, subject));
      }
      return { runs };
    });
  },

  /** Which version stands last, asked again and again. */
  lookup: async ({ store, cache, times }) =>
    withRegistry(store, cache, async ({ store }, { findVersion }) => {
      const ask = () => findVersion(store, { subject: subjectName, version: undefined }, "stale");
      const version = await ask();
      assert(version.contracts.length > 0);
      return { micros: await timesOf(ask, times) };
    }),

  /** The same by whoever follows the registry, from memory as long as it does not change. */
  followed: async ({ store, cache, times }) =>
    withRegistry(store, cache, async (registry, { followRegistry }) => {
      const end = new AbortController();
      const followed = followRegistry(registry, end.signal, { now: Date.now });
      const ref = { subject: subjectName, version: undefined };
      assert((await followed.version(ref)).seq > 0);
      const micros = await timesOf(async () => {
        for (let i = 0; i < atOnce; i++) await followed.version(ref);
      }, times);
      end.abort();
      return { micros: micros.map((each) => each / atOnce) };
    }),

  /** All of the registry into plain files; what is there already is compared. */
  exported: async ({ store, cache, out }) =>
    withRegistry(store, cache, (registry, { exportRegistry }) =>
      timed(async () => ({ written: (await exportRegistry(registry, out)).written })),
    ),

  imported: async ({ store, cache, out }) =>
    withRegistry(store, cache, (registry, { importRegistry }) => {
      const actor = { by: "bench", at: new Date().toISOString(), id: randomUUID() };
      return timed(async () => ({ imported: (await importRegistry(registry, out, actor)).imported }));
    }),

  /** The least that any lookup takes: one key of Consul's, by Node's own client. */
  raw: async ({ store, times }) => {
    const agent = new Agent({ keepAlive: true });
    const url = `${store.replace("consul:", "http:")}/v1/kv/proto4/v1/subject/${subjectName}/head?stale&raw`;
    const micros = await timesOf(() => fetched(url, agent), times);
    agent.destroy();
    return { micros };
  },
};

/** A clock's look takes as long as some lookups from memory. */
const atOnce = 100;

async function withRegistry(store, cacheFolder, action) {
  const module = await built("registry/index.js");
  const options = { create: true, cacheFolder, now: Date.now, random: Math.random };
  const registry = await module.openRegistry(store, options);
  try {
    return { ...(await action(registry, module)), peak: process.resourceUsage().maxRSS / 1024 };
  } finally {
    await registry.store.close();
  }
}

async function publishing(registry, publish, subject) {
  takeRequests();
  const asked = request(subject);
  const { outcome, version, ...times } = await timed(() => publish(registry, asked));
  assert.equal(outcome, "published");
  assert(version.seq === 1 || version.changedFiles === 1);
  return { ...times, requests: takeRequests(), packs: version.packs.length };
}

/** What the action gives, and its milliseconds. */
async function timed(action) {
  const [start, busy] = [performance.now(), process.cpuUsage()];
  const result = await action();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(busy);
  return { ...result, wall, cpu: (user + system) / 1000 };
}

/** Once the compiler has settled. */
async function timesOf(ask, times) {
  const micros = [];
  for (let i = -times / 2; i < times; i++) {
    const start = performance.now();
    await ask();
    if (i >= 0) micros.push((performance.now() - start) * 1000);
  }
  return micros;
}

function fetched(url, agent) {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => resolve(Buffer.concat(parts)));
    }).on("error", reject);
  });
}
