import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { check, reportJson } from "../../src/gate/index.js";
import { loadImage } from "../../src/image/index.js";
import { allRules } from "../../src/rules/index.js";
import { bufBreaking, buildImage, dropBroken, toVerdict, type Verdict, writeTree } from "./like-buf/batch.js";
import { printCase } from "./like-buf/print-case.js";
import { randomPair } from "./like-buf/random-case.js";

/** More of both find rarer differences: `LIKE_BUF_RUNS=5000 LIKE_BUF_SEED=7 npx vitest run like-buf`. */
const runs = Number(process.env.LIKE_BUF_RUNS ?? 300);
const seed = Number(process.env.LIKE_BUF_SEED ?? 4);

const bufs = allRules.filter((rule) => !rule.categories.includes("LIFECYCLE")).map(({ id }) => id);
const categories = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"] as const;

test("20 rules say what buf says, in every category, at the same place and as often", async () => {
  const folder = await mkdtemp(join(tmpdir(), "proto4-like-buf-"));
  try {
    const pairs = fc.sample(randomPair(), { numRuns: runs, seed });
    const [before, after] = [join(folder, "before"), join(folder, "after")];
    await writeTree(
      before,
      pairs.map((pair) => printCase(pair.before)),
    );
    await writeTree(
      after,
      pairs.map((pair) => printCase(pair.after)),
    );
    const dropped = await dropBroken([before, after]);
    if (process.env.LIKE_BUF_SHOW) console.log(`${dropped.size} dropped`, [...dropped.values()].slice(0, 12));
    // The generator is to print what compiles; a few leftovers are cheaper than a compiler in it.
    expect(dropped.size).toBeLessThan(runs / 10);

    const images = [join(folder, "before.binpb"), join(folder, "after.binpb")] as const;
    await buildImage(before, images[0]);
    await buildImage(after, images[1]);
    const [imageBefore, imageAfter] = [await loadImage(images[0]), await loadImage(images[1])];

    const fired = new Set<string>();
    for (const category of categories) {
      const findings = check(imageBefore, imageAfter, { today: "2026-01-01", categories: [category] });
      const ours = verdicts(reportJson(findings).split("\n").filter(Boolean).map(toVerdict));
      const theirs = verdicts(await bufBreaking(images[0], images[1], category));
      if (process.env.LIKE_BUF_SHOW) console.log(category, theirs.length, ours.length, performance.now());
      for (const [type] of theirs.map((verdict) => verdict.split(" "))) fired.add(type!);
      const difference = { category, missing: without(theirs, ours), invented: without(ours, theirs) };
      if (process.env.LIKE_BUF_SHOW && difference.missing.length + difference.invented.length > 0)
        console.log(folder, JSON.stringify(difference, null, 1).slice(0, 6000));
      expect(difference).toEqual({ category, missing: [], invented: [] });
    }
    expect([...fired].sort()).toEqual(bufs.toSorted());
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 600_000);

function verdicts(list: readonly Verdict[]): readonly string[] {
  return list
    .filter(({ type }) => bufs.includes(type))
    .map(({ type, path, place }) => `${type} ${path} ${place}`);
}

/** The items of a list that another lacks, repetitions counted. */
function without(list: readonly string[], other: readonly string[]): readonly string[] {
  const left = new Map<string, number>();
  for (const item of other) left.set(item, (left.get(item) ?? 0) + 1);
  return list.filter((item) => {
    const count = left.get(item) ?? 0;
    left.set(item, count - 1);
    return count <= 0;
  });
}
