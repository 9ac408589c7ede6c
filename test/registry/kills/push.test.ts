import { expect, test } from "vitest";
import { seeded } from "../histories/history.js";
import { describeSharedStores } from "../stores.js";
import { killPushes } from "./kill-pushes.js";

/** More of them by `node test/registry/kills/run.mjs push`. */
const kills = Number(process.env.KILLS ?? 10);
const seed = Number(process.env.KILLS_SEED ?? Date.now() % 1_000_000);

describeSharedStores("a push that is killed at any point", ({ name, fresh }) => {
  test(`leaves no half version and loses none, and is done by repeating it (seed ${seed})`, {
    timeout: 12_000 * kills,
  }, async () => {
    let [killed, published] = [0, 0];
    // Anew now and then: the first push of all sets the store up.
    for (let left = kills; left > 0; left -= 10) {
      const result = await killPushes(fresh(), Math.min(left, 10), seeded(seed + left));
      killed += result.killed;
      published += result.published;
    }
    if (kills > 10) console.log(`${name}: ${killed} of ${kills} were killed, ${published} had published`);
    expect(killed).toBeGreaterThan(kills / 4);
  });
});
