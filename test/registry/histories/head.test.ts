import { expect, test } from "vitest";
import { describeStores } from "../stores.js";
import { checkHistory } from "./check-history.js";
import { readTruth, runClients } from "./client.js";

/** More of them by `node test/registry/histories/run.mjs`. */
const histories = Number(process.env.HISTORIES ?? 1);
const seed = Number(process.env.HISTORIES_SEED ?? Date.now() % 1_000_000);

describeStores("the head of a subject", ({ fresh }) => {
  test(`is appended to as if 16 publishers came one after the other (seed ${seed})`, {
    timeout: 60_000 * histories,
  }, async () => {
    for (let count = 0; count < histories; count++) {
      const address = fresh();
      const clients = Array.from({ length: 16 }, (_, number) => number);
      const calls = await runClients({ addresses: [address], clients, versions: 3, seed: seed + count });
      const versions = await readTruth(address);
      expect(checkHistory(versions, calls)).toEqual([]);
      expect(versions).toHaveLength(48);
      // They did meet, or nothing was tried.
      const refused = calls.filter((call) => call.kind === "publish" && call.answer.outcome === "refused");
      expect(refused.length).toBeGreaterThan(48);
    }
  });
});
