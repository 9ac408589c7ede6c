import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundle } from "../../setup/bundle.js";
import { describeSharedStores, describeStores } from "../stores.js";
import { checkHistory } from "./check-history.js";
import { readTruth, runClients } from "./client.js";
import type { Call } from "./history.js";
import { runProcesses } from "./run-processes.js";

/** More of them by `node test/registry/histories/run.mjs`. */
const histories = Number(process.env.HISTORIES ?? 1);
const seed = Number(process.env.HISTORIES_SEED ?? Date.now() % 1_000_000);
const timeout = 60_000 * histories;
const clients = Array.from({ length: 16 }, (_, number) => number);

describeStores("the head of a subject", ({ fresh }) => {
  test(`is appended to as if 16 publishers came one after the other (seed ${seed})`, { timeout }, () =>
    playAll(fresh, (address, seed) => runClients({ addresses: [address], clients, versions: 3, seed })),
  );
});

describeSharedStores("the head of a subject, from four processes", ({ fresh }) => {
  let program: string;
  beforeAll(async () => {
    program = await bundle("test/registry/histories/main.ts");
  });
  afterAll(() => rmSync(program, { force: true }));

  test(`is appended to as if 16 publishers came one after the other (seed ${seed})`, { timeout }, () =>
    playAll(fresh, (address, seed) =>
      runProcesses(program, { addresses: [address], clients, versions: 3, seed }, 4),
    ),
  );
});

async function playAll(
  fresh: () => string,
  play: (address: string, seed: number) => Promise<readonly Call[]>,
): Promise<void> {
  for (let count = 0; count < histories; count++) {
    const address = fresh();
    const calls = await play(address, seed + count);
    const versions = await readTruth(address);
    expect(checkHistory(versions, calls)).toEqual([]);
    expect(versions).toHaveLength(48);
    // They did meet, or nothing was tried.
    const refused = calls.filter((call) => call.kind === "publish" && call.answer.outcome === "refused");
    expect(refused.length).toBeGreaterThan(40);
  }
}
