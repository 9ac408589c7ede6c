import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seeded } from "../histories/history.js";
import { describeSharedStores } from "../stores.js";
import { exportHeavy, killImports } from "./kill-imports.js";

/** More of them by `node test/registry/kills/run.mjs import`. */
const kills = Number(process.env.KILLS ?? 10);
const seed = Number(process.env.KILLS_SEED ?? Date.now() % 1_000_000);

const folder = await mkdtemp(join(tmpdir(), "proto4-killed-imports-"));
const out = join(folder, "export");
beforeAll(() => exportHeavy(out), 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describeSharedStores("an import that is killed at any point", ({ name, fresh }) => {
  test(`leaves whole versions only, and is completed by repeating it (seed ${seed})`, {
    timeout: 12_000 * kills,
  }, async () => {
    const { killed, parted } = await killImports(out, fresh, kills, seeded(seed), join(folder, "cache"));
    if (kills > 10)
      console.log(`${name}: ${killed} of ${kills} were killed, ${parted} had imported some versions`);
    expect(killed).toBeGreaterThan(kills / 4);
  });
});
