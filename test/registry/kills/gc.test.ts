import { expect, test } from "vitest";
import { seeded } from "../histories/history.js";
import { describeSharedStores } from "../stores.js";
import { killCollections } from "./kill-collections.js";

/** More of them by `node test/registry/kills/run.mjs gc`. */
const kills = Number(process.env.KILLS ?? 10);
const seed = Number(process.env.KILLS_SEED ?? Date.now() % 1_000_000);

describeSharedStores("a collection that is killed at any point", ({ name, fresh }) => {
  test(`takes nothing that is needed, and is done by repeating it (seed ${seed})`, {
    timeout: 60_000 + 15_000 * kills,
  }, async () => {
    const addresses = Array.from({ length: kills + 1 }, fresh);
    const { killed, halfway, leftOpen } = await killCollections(addresses, seeded(seed));
    console.log(`${name}: ${killed} of ${kills} were killed, ${leftOpen} at work, ${halfway} half-way`);
    expect(killed).toBeGreaterThan(kills / 4);
    // They did die at work, or nothing was tried.
    if (kills >= 100) expect(halfway).toBeGreaterThan(0);
  });
});
