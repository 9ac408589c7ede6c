import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { conformanceRunner } from "../setup/peers.js";
import { compare } from "./compare.js";
import type { PeerName } from "./peer.js";
import { type Prepared, prepare } from "./prepare.js";
import { runRunner, type Verdict } from "./run-runner.js";

describe.skipIf(conformanceRunner === undefined)("the official runner", { timeout: 120_000 }, () => {
  let prepared: Prepared;
  let alone: Verdict;
  beforeAll(async () => {
    prepared = await prepare(at("."), at("../../.cache/conformance-runner"));
    alone = await verdictOf("alone");
  });

  function verdictOf(peer: PeerName): Promise<Verdict> {
    return runRunner(conformanceRunner!, prepared.testee, prepared.folder, peer);
  }

  test("passes most of what there is for protobuf-es alone", () => {
    expect(alone.passed).toBeGreaterThan(5000);
    expect(alone.failed.size).toBeLessThan(50);
  });

  test("passes all of that for protobuf-es when bytes go up and come down again", async () => {
    const { unexplained } = compare(alone, await verdictOf("there-and-back"));
    expect(unexplained).toEqual(new Map());
  });

  test("passes all of that but a few explained for protobuf-es as v4 between up and down", async () => {
    const { unexplained, idle } = compare(alone, await verdictOf("as-v4"));
    expect(unexplained).toEqual(new Map());
    expect(idle).toEqual([]);
  });
});

function at(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
