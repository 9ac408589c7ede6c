import { fromBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createTranslator, type Plan, strip, stripStash, type Translator } from "../../src/runtime/index.js";
import { linkPlan } from "../../src/runtime/link-plan.js";
import { translateMessage } from "../../src/runtime/translate-message.js";
import { translate } from "../../src/runtime/translator.js";
import { anyV3, anyV4 } from "./any-record.js";
import { canonicalForm, recode } from "./canonical-form.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

const trust = { stash: "trust" } as const;

// Among the numbers that a lane has rows for, above them, and the largest that a tag can hold.
describe.each([60, 1500, 50_001, 2 ** 29 - 1])("a plan whose stashes travel in field %i", (number) => {
  let plan: Plan;
  let translator: Translator;
  beforeAll(() => {
    plan = { ...kinds.plan, stashNumber: number };
    translator = createTranslator(plan, "kinds.v3.Record");
  });

  test("gives back what went up", () => {
    const { v3, v4 } = kinds;
    fc.assert(
      fc.property(anyV3(kinds), (bytes) => {
        const down = translator.down(recode(v4, translator.up(recode(v3, bytes)).value), trust);
        expect(down.lost).toEqual([]);
        expect(canonicalForm(v3, down.value)).toBe(canonicalForm(v3, bytes));
      }),
      { numRuns: 150 },
    );
  });

  test("stashes at the same places as with the default, there and nowhere else", () => {
    const { v3, v4 } = kinds;
    let stashed = 0;
    fc.assert(
      fc.property(anyV4(kinds), (bytes) => {
        const encoded = recode(v4, bytes);
        const { value } = translator.down(encoded);
        const places = strip(plan, "kinds.v3.Record", value);
        const ordinary = strip(kinds.plan, "kinds.v3.Record", kinds.translator.down(encoded).value);
        expect(places).toEqual(ordinary);
        const message = fromBinary(v3, value);
        expect(stripStash(v3, message)).toEqual([]);
        expect(stripStash(v3, message, number)).toHaveLength(places.lost.length);
        stashed += places.lost.length;
      }),
      { numRuns: 150 },
    );
    expect(stashed).toBeGreaterThan(50);
  });

  test("has the fast lane write what the engine writes", () => {
    const { up, down } = linkPlan(plan);
    const [upward, downward] = [up.get("kinds.v3.Record")!, down.get("kinds.v3.Record")!];
    fc.assert(
      fc.property(anyV3(kinds), (bytes) => {
        const raised = translate(upward, bytes, trust);
        expect(raised).toEqual(translate(upward, bytes, trust, translateMessage));
        const lowered = translate(downward, raised.value, trust);
        expect(lowered).toEqual(translate(downward, raised.value, trust, translateMessage));
      }),
      { numRuns: 150 },
    );
  });
});
