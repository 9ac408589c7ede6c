import { beforeAll, expect, test } from "vitest";
import { createTranslator, type lane } from "../../src/runtime/index.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

test("printed code is run while few translators have any, and the table for all where many do", () => {
  let asked = 0;
  const up: lane.PrintedLane = () => {
    asked++;
    return false;
  };
  const translators = Array.from({ length: 70 }, () =>
    createTranslator(kinds.plan, "kinds.v3.Record", { lanes: { up } }),
  );
  const run = () => translators.map((translator) => [...translator.up(Uint8Array.of(32, 5)).value]);
  const expected = translators.map(() => [32, 5]);
  expect(run()).toEqual(expected);
  expect(asked).toBe(64);
  expect(run()).toEqual(expected);
  expect(asked).toBe(64);
});
