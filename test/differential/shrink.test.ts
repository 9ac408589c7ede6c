import { expect, test } from "vitest";
import { compare, compareImages } from "./compare.js";
import { listFoundImages } from "./keep-real.js";
import { listFound } from "./keep-smallest.js";
import { printCase } from "./print-case.js";
import { randomPair } from "./random-case.js";
import { shrink } from "./shrink.js";

test("of a difference only that is left which makes it", async () => {
  const { before, after } = randomPair(1);
  const text = (side: typeof before) => [...printCase(side).values()].join("\n");
  const differs = async () => text(before).includes("oneof ") && text(after).includes("service ");
  expect(await differs()).toBe(true);
  await shrink(before, after, differs);
  expect(await differs()).toBe(true);
  const count = (side: typeof before, pattern: RegExp) => text(side).match(pattern)?.length ?? 0;
  expect([count(before, / = \d/g), count(before, /service /g), count(before, /enum /g)]).toEqual([1, 0, 0]);
  expect([count(after, / = \d/g), count(after, /service /g), count(after, /rpc /g)]).toEqual([0, 1, 0]);
});

test("what once was told otherwise than by buf is told as by buf", async () => {
  const found = await listFound();
  for (const [before, after] of await listFoundImages())
    expect((await compareImages(`${before}.binpb`, `${after}.binpb`)).differences).toEqual([]);
  if (found.length === 0) return;
  const { differences, dropped } = await compare(found.map(([, pair]) => pair));
  expect(dropped.size).toBe(0);
  expect(differences.map(({ home, ...rest }) => [found[Number(home.slice(1))]?.[0], rest])).toEqual([]);
});
