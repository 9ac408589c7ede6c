import { expect, test } from "vitest";
import { bufRules } from "./batch.js";
import { bothSides, toSources } from "./both-sides.js";
import { categories, compare } from "./compare.js";
import { fixedCases } from "./fixed-cases.js";
import { keepSmallest } from "./keep-smallest.js";
import { printCase } from "./print-case.js";
import { randomPair } from "./random-case.js";

/** More of both find rarer differences: `npm run differential -- 20000 7`. The other half are Google's protos. */
const runs = Number(process.env.DIFFERENTIAL_PAIRS ?? 500) / 2;
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 1);

test("what buf says, proto4 says, at the same place, as often and in the same order", {
  timeout: 7_200_000,
}, async () => {
  const everFired = new Set<string>();
  let dropped = 0;
  for (let done = 0; done < runs; ) {
    const count = Math.min(done === 0 ? FIRST : BATCH, runs - done);
    const pairs = Array.from({ length: count }, (_, index) => randomPair(seed * 1e6 + done + index));
    // Each category by itself, then all of them at once, which takes a fifth of the time.
    const options = done === 0 ? {} : { asked: [categories], sourceInfo: done % 3 !== 0 };
    const result = await compare(
      pairs.map(({ before, after }) => [printCase(before), printCase(after)]),
      options,
    );
    const [first] = result.differences;
    if (first !== undefined)
      await keepSmallest(pairs[Number(first.home.slice(1))]!, `${seed}-${done}-${first.home}`, options);
    expect(result.differences).toEqual([]);
    for (const rules of result.fired.values()) for (const rule of rules) everFired.add(rule);
    dropped += result.dropped.size;
    done += count;
    if (runs > BATCH) console.info(`${done} pairs, ${result.verdicts} verdicts in the last batch`);
  }
  const unheard = [...(await bufRules()).keys()].filter((rule) => !everFired.has(rule));
  // Few pairs may leave out a rule or two; that each can fire is another test's claim.
  expect(runs < 2000 ? unheard.slice(3) : unheard).toEqual([]);
  // The generator is to print what compiles; a few leftovers are cheaper than a compiler in it.
  expect(dropped).toBeLessThan(runs / 20);
});

test("each rule of buf's fires, and lets pass what is just beside it", async () => {
  expect(Object.keys(bothSides).sort()).toEqual([...(await bufRules()).keys()].sort());
  const sides = Object.entries(bothSides);
  const { differences, fired, dropped } = await compare(
    sides.flatMap(([, { before, fires, passes }]) => [
      [toSources(before), toSources(fires)],
      [toSources(before), toSources(passes)],
    ]),
    { asked: [categories] },
  );
  expect([...dropped.values()]).toEqual([]);
  expect(differences).toEqual([]);
  const has = (index: number, rule: string) => fired.get(`c${index}`)?.has(rule) ?? false;
  expect(sides.map(([rule], index) => [rule, has(2 * index, rule), has(2 * index + 1, rule)])).toEqual(
    sides.map(([rule]) => [rule, true, false]),
  );
});

test.each([true, false])(
  "the same about cases that random edits seldom reach, with places: %s",
  async (sourceInfo) => {
    const cases = Object.entries(fixedCases);
    const { differences, fired, dropped } = await compare(
      cases.map(([, { before, after }]) => [toSources(before), toSources(after)]),
      { sourceInfo },
    );
    expect([...dropped.values()]).toEqual([]);
    expect(differences).toEqual([]);
    const told = cases.map(([name], index) => [`${name}:`, ...[...(fired.get(`c${index}`) ?? [])].sort()]);
    await expect(`${told.map((lines) => lines.join("\n  ")).join("\n")}\n`).toMatchFileSnapshot(
      "fixed-cases.txt",
    );
  },
);

const FIRST = 50;
const BATCH = 400;
