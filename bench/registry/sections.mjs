// The figures, section by section: each gives rows for `printTable`. Milliseconds, megabytes, microseconds.
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, onStores, program, run, times } from "./cells.mjs";
import { changed, loadSubject, serialized, subjectName } from "./subject.mjs";
import { quantile } from "./table.mjs";

const files = 1000;

export const sections = { open, publish, check, lookup, googleapis, move, live };

/** All names of googleapis, found in a pack and in protobuf-es. */
function open(rounds) {
  const { open, es, pack } = program("open.mjs", "--rounds", String(Math.ceil(rounds / 2)));
  return [
    ["open", "pack", open.open, "ms", 100],
    ["open: processor time of all threads", "pack", open.cpu, "ms"],
    ["open", "protobuf-es", es.open, "ms"],
    ["protobuf-es / pack", "", es.open / open.open, "times"],
    ["find a name", "pack", open.present, "ns", 1000],
    ["find a name", "protobuf-es", es.present, "ns"],
    ["memory", "pack", open.memory, "MB"],
    ["memory", "protobuf-es", es.memory, "MB"],
    ["to pack all of it", "", pack.pack, "ms"],
  ];
}

/** One file of a thousand changes, each time another version. */
function publish(rounds) {
  return onStores(({ kind, store, cache, folder }) => {
    const given = { store, cache, count: files };
    const first = run("publish", given);
    const many = run("again", { ...given, number: 1, times: 41 });
    const [, ...again] = many.runs;
    const fresh = times(rounds, (i) => run("publish", { ...given, number: 42 + i }));
    const cold = times(Math.ceil(rounds / 2), (i) =>
      run("publish", { ...given, cache: mkdtempSync(join(folder, "cold-")), number: 42 + rounds + i }),
    );
    return [
      ["first version", kind, first.wall, "ms"],
      ["first version: processor time", kind, first.cpu, "ms"],
      ...spread("one process, version after version", kind, again, 150),
      ...spread("a process each, warm cache", kind, fresh, 150),
      ...spread("a process each, cold cache", kind, cold),
      ...requestsOf([...again, ...fresh], kind),
    ];
  });
}

function spread(what, kind, runs, goal) {
  const of = (key, share) =>
    quantile(
      runs.map((each) => each[key]),
      share,
    );
  return [
    [`${what}: p50`, kind, of("wall", 0.5), "ms", goal],
    [`${what}: p95`, kind, of("wall", 0.95), "ms"],
    [`${what}: processor time, p50`, kind, of("cpu", 0.5), "ms"],
  ];
}

/** An LMDB is asked nothing over HTTP. */
function requestsOf(runs, kind) {
  if (kind === "LMDB") return [];
  const counts = runs.map(({ requests }) => requests);
  return [
    ["requests of a publish", kind, quantile(counts, 0.5), "requests", 8],
    ["requests of a publish that begins a new chain", kind, Math.max(...counts), "requests", 8],
  ];
}

/** The command as users run it, with nothing at hand, and with the packs in the cache. */
async function check(rounds) {
  const { image } = await changed(await loadSubject(files), 3);
  const bytes = serialized(image.files.map((file) => file.bytes));
  return onStores(({ kind, store, folder }) => {
    const input = join(folder, "input.binpb");
    writeFileSync(input, bytes);
    const filled = { store, cache: mkdtempSync(join(folder, "cache-")), count: files };
    run("publish", filled);
    run("publish", { ...filled, number: 1 });
    const args = ["check", input, "--against", `registry:${subjectName}`, "--store", store];
    const runs = (cacheOf) => times(Math.ceil(rounds / 2), () => command(args, { cache: cacheOf(), folder }));
    const kept = mkdtempSync(join(folder, "kept-"));
    const cold = runs(() => mkdtempSync(join(folder, "cold-")));
    const warm = runs(() => kept).slice(1);
    const wall = (list) =>
      quantile(
        list.map((each) => each.wall),
        0.5,
      );
    const counted = kind === "LMDB" ? [] : [["check, cold", kind, cold[0].requests, "requests", 5]];
    return [
      ...counted,
      ["check, cold", kind, wall(cold), "ms"],
      ["check, warm cache", kind, wall(warm), "ms"],
    ];
  });
}

/** The last version of a subject, and beside it what one request takes by itself. */
function lookup() {
  return onStores(({ kind, store, cache }) => {
    run("publish", { store, cache, count: files });
    run("again", { store, cache, count: files, number: 1, times: 10 });
    const p50 = (cell) => quantile(run(cell, { store, cache, times: 2000 }).micros, 0.5);
    const found = p50("lookup");
    const cached = ["the same, by whoever follows the registry", kind, p50("followed"), "µs", 5];
    if (kind === "LMDB") return [["last of 11 versions", kind, found, "µs", 50], cached];
    const raw = p50("raw");
    return [
      cached,
      ["last of 11 versions", kind, found, "µs", 1000],
      ["GET of one key, by node:http", kind, raw, "µs"],
      ["lookup / GET", kind, found / raw, "times"],
    ];
  });
}

/** All 8,028 files with their sources as one subject. */
function googleapis(rounds) {
  return onStores(({ kind, store, cache }) => {
    const first = run("publish", { store, cache });
    const fresh = times(Math.ceil(rounds / 3), (i) => run("publish", { store, cache, number: 1 + i }));
    const many = run("again", { store, cache, number: 10, times: 6 });
    const [, ...again] = many.runs;
    return [
      ["first version", kind, first.wall / 1000, "s", 60],
      ["first version: processor time", kind, first.cpu / 1000, "s"],
      ["first version: peak memory, input and sources included", kind, first.peak, "MB", 800],
      ...spread("one file changed, a process each, warm cache", kind, fresh, 1000),
      ...spread("one file changed, one process", kind, again, 1000),
      ["one file changed, one process: peak memory", kind, many.peak, "MB"],
    ];
  });
}

/** All of googleapis into plain files, and from there into another store. */
function move() {
  return onStores(({ kind, store, cache, folder }) => {
    run("publish", { store, cache });
    const out = join(folder, `export-${kind}`);
    const copy = kind === "LMDB" ? `${store}.copy` : `${store}/copy`;
    const cells = [
      ["export", run("exported", { store, out })],
      ["export again", run("exported", { store, out })],
      ["import", run("imported", { store: copy, out })],
      ["import again", run("imported", { store: copy, out })],
    ];
    return cells.flatMap(([what, { wall, cpu, peak }]) => [
      [what, kind, wall / 1000, "s"],
      [`${what}: processor time`, kind, cpu / 1000, "s"],
      [`${what}: peak memory`, kind, peak, "MB"],
    ]);
  });
}

/** What joining costs; a minute and a half. */
function live() {
  const found = program("live.mjs");
  const { idle, withInstances } = found.agentCpuPercentOfOneCore;
  return [
    [`board of ${found.boardLive} instances`, "Consul", found.boardMilliseconds.median, "ms", 200],
    ["heartbeats, of one core at the agent", "Consul", withInstances - idle, "%", 2],
    ["import of proto4/join", "", found.importMilliseconds.median, "ms", 30],
  ];
}
