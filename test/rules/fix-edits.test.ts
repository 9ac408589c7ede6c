import { expect, test } from "vitest";
import { loadImage } from "../../src/image/index.js";
import { printCase } from "../differential/print-case.js";
import { randomPair } from "../differential/random-case.js";
import { writeSources } from "../setup/sources.js";
import { fixSources } from "./fix-case.js";

const today = "2026-11-22";
const N = Number(process.env.N ?? 12);
test("generated edits are undone", { timeout: 600_000 }, async () => {
  const tally = new Map<string, number>();
  let fixed = 0,
    left = 0,
    skipped = 0;
  for (let seed = 1; seed <= N; seed++) {
    const pair = randomPair(seed);
    const [before, after] = [printCase(pair.before), printCase(pair.after)];
    try {
      const elder = await loadImage(await writeSources(Object.fromEntries(before)));
      const t = performance.now();
      const done = await fixSources(elder, after, () => ({ today, categories: ["FILE", "STRICT"] }));
      const ms = performance.now() - t;
      fixed += done.result.fixed.length;
      left += done.result.unfixed.length;
      for (const { finding, why } of done.result.unfixed) {
        const k = `${finding.rule}: ${why}`.replace(/[a-z]+\d+\S*|"[^"]*"|`[^`]*`/g, "X");
        tally.set(k, (tally.get(k) ?? 0) + 1);
        if (process.env.V) console.log(seed, finding.rule, finding.symbol, why, finding.message);
      }
      if (ms > 3000) console.log(seed, "slow", ms, done.found.length);
    } catch (e) {
      if (String(e).includes("do not compile")) skipped++;
      else {
        console.log(seed, e);
        throw e;
      }
    }
  }
  console.log({ fixed, left, skipped });
  console.log(
    [...tally]
      .sort((a, b) => b[1] - a[1])
      .map(([k, n]) => `${n} ${k}`)
      .join("\n"),
  );
  expect(fixed).toBeGreaterThan(0);
});
