// Each cell is a process; times are milliseconds, those of a lookup nanoseconds, memory is megabytes.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { corpusImage } from "../corpus.mjs";
import { root } from "../translate/folders.mjs";

const work = join(root, ".cache/bench/registry");
const protos = dirname(createRequire(import.meta.url).resolve("google-proto-files/package.json"));

export const cells = {
  /** Packs all of it; the only cell that is run once. */
  pack: async () => {
    const { listFiles, packBase } = await packs();
    const files = await corpus();
    const start = performance.now();
    const list = listFiles(files);
    const listed = performance.now();
    const { bytes } = await packBase(list);
    const end = performance.now();
    mkdirSync(work, { recursive: true });
    writeFileSync(join(work, "all.pack"), bytes);
    writeFileSync(join(work, "all.sha256"), createHash("sha256").update(bytes).digest("hex"));
    writeFileSync(join(work, "names.json"), JSON.stringify(await namesOf(files)));
    writeFileSync(join(work, "first.pack"), (await packBase(listFiles(files.slice(0, 1000)))).bytes);
    const peak = process.resourceUsage().maxRSS / 1024;
    return { digests: listed - start, pack: end - listed, megabytes: bytes.length / 1e6, peak };
  },

  /** Reads the file, compares its digest, and is ready for names. */
  open: async () => {
    const { openPacks } = await packs();
    const digest = readFileSync(join(work, "all.sha256"), "utf8");
    const before = memory();
    const cpuBefore = process.cpuUsage();
    const start = performance.now();
    const bytes = readFileSync(join(work, "all.pack"));
    const read = performance.now();
    // What is inflated on other threads meanwhile is not used before the digest is known to be right.
    const opening = openPacks([{ digest, bytes }]);
    assert.equal(createHash("sha256").update(bytes).digest("hex"), digest);
    const hashed = performance.now();
    const version = await opening;
    const end = performance.now();
    const cpu = process.cpuUsage(cpuBefore);
    return {
      open: end - start,
      read: read - start,
      hash: hashed - read,
      index: end - hashed,
      cpu: (cpu.user + cpu.system) / 1000,
      memory: memory() - before,
      ...lookups((name) => version.find(name)),
    };
  },

  /** What there is without packs: the image read and decoded, and its types linked. */
  es: async () => {
    const { createFileRegistry, fromBinary } = await import("@bufbuild/protobuf");
    const { FileDescriptorSetSchema } = await import("@bufbuild/protobuf/wkt");
    const before = memory();
    const start = performance.now();
    const image = readFileSync(corpusImage());
    const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
    const open = performance.now() - start;
    return { open, memory: memory() - before, ...lookups((name) => registry.get(name)) };
  },

  /** A version of 1,000 files read anew, then one of them changed: what a publish of little packs. */
  delta: async () => {
    const { listFiles, openPacks, packDelta } = await packs();
    const files = (await corpus()).slice(0, 1000);
    const bytes = readFileSync(join(work, "first.pack"));
    const start = performance.now();
    const version = await openPacks([{ digest: "first", bytes }]);
    const opened = performance.now();
    const image = await version.image();
    const read = performance.now();
    assert.equal(image.files.length, 1000);
    files[500] = { ...files[500], source: `${files[500].source}\n// changed` };
    const begin = performance.now();
    const list = listFiles(files, version);
    const listed = performance.now();
    const { changed } = await packDelta(version, list);
    const end = performance.now();
    assert.equal(changed, 1);
    return {
      open: opened - start,
      image: read - opened,
      digests: listed - begin,
      pack: end - listed,
      delta: end - begin,
    };
  },
};

function packs() {
  return import("../../dist/src/registry/pack/index.js");
}

async function corpus() {
  const { sliceImage } = await import("../../dist/src/image/index.js");
  const path = corpusImage();
  return sliceImage(readFileSync(path), path).files.map((slice) => {
    const source = join(protos, slice.path);
    return { slice, source: existsSync(source) ? readFileSync(source, "utf8") : undefined };
  });
}

async function namesOf(files) {
  const { symbolsOf } = await import("../../dist/src/registry/pack/symbols.js");
  return files.flatMap(({ slice }) => symbolsOf(slice).map(({ name }) => name));
}

/** Each name once, in an order in which no two neighbours follow each other; then as many that are not there. */
function lookups(find) {
  const sorted = JSON.parse(readFileSync(join(work, "names.json"), "utf8"));
  const step = 40_009; // a prime, so each comes up once
  const names = sorted.map((_, i) => sorted[(i * step) % sorted.length]);
  const absent = names.map((name) => Buffer.from(`${name}X`).toString("latin1"));
  const [ofPresent, ofAbsent] = [time(find, names), time(find, absent)];
  // protobuf-es has no names for the entries of maps, of which there are 2,258.
  assert(ofPresent.found > 0.96 * names.length);
  assert.equal(ofAbsent.found, 0);
  return { names: ofPresent.found, present: ofPresent.ns, absent: ofAbsent.ns };
}

/** Warm, as where a service asks again and again; each name is another one, so caches of the processor help little. */
function time(find, names) {
  for (const name of names) find(name);
  const start = performance.now();
  let found = 0;
  for (const name of names) if (find(name) !== undefined) found++;
  return { found, ns: ((performance.now() - start) * 1e6) / names.length };
}

/** What is in use, without what could be collected. */
function memory() {
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}
