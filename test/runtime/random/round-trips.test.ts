import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { linkPlan } from "../../../src/runtime/link-plan.js";
import { translateMessage } from "../../../src/runtime/translate-message.js";
import { translate } from "../../../src/runtime/translator.js";
import { recode } from "../canonical-form.js";
import { forEachMessage } from "./each-message.js";
import { formOf, isComplete } from "./form.js";
import { randomBytes } from "./random-bytes.js";
import { loadRandomCases, type RandomCase, type RandomCases, type RandomMessage } from "./random-cases.js";
import { settings } from "./settings.js";

let cases: RandomCases;
beforeAll(async () => {
  cases = await loadRandomCases(settings.pairs, settings.seed);
}, settings.timeout);

const trust = { stash: "trust" } as const;

const ways = [
  { from: "v3", over: "v4", there: "up", back: "down" },
  { from: "v4", over: "v3", there: "down", back: "up" },
] as const;

describe.each(ways)("$from → $over → $from", ({ from, over, there, back }) => {
  test("comes back from a stub as it was, unknown fields included", () => {
    forEachMessage(cases, (random, message) => {
      const stub = (bytes: Uint8Array) => recode(message[over], bytes);
      holdRoundTrip(random, message, stub);
    });
  });

  test("comes back from a hop that only passes it on, although no encoder writes it so", () => {
    forEachMessage(cases, (random, message) => {
      holdRoundTrip(random, message, (bytes) => bytes, false);
    });
  });

  function holdRoundTrip(
    random: RandomCase,
    message: RandomMessage,
    hop: (bytes: Uint8Array) => Uint8Array,
    isEncoded = true,
  ): void {
    const { translator } = message;
    const contract = random.plan.messages.find(({ v3 }) => v3 === message.v3.typeName)!.contract;
    const roundTrip = (bytes: Uint8Array) => {
      const outward = translator[there](bytes);
      const home = translator[back](hop(outward.value), trust);
      expect([...outward.lost, ...home.lost]).toEqual([]);
      return home.value;
    };
    fc.assert(
      fc.property(randomBytes(random, from, message[from]), (bytes) => {
        const written = isEncoded ? recode(message[from], bytes) : bytes;
        if (contract === "BYTES") expect(translator[there](written).value).toEqual(written);
        // Where v3 has nothing, v4 gets what is declared: after that it comes back as it is.
        const form = (each: Uint8Array) => formOf(random, message[from], each);
        const isFilled = contract === "MODULO" && from === "v4";
        const before = isFilled ? Uint8Array.from(Buffer.from(form(roundTrip(written)), "hex")) : written;
        expect(form(roundTrip(before))).toBe(form(before));
      }),
      { numRuns: settings.messages, seed: settings.seed },
    );
  }
});

test.each(["up", "down"] as const)("on the way %s the fast lane writes what the engine writes", (way) => {
  forEachMessage(cases, (random, message) => {
    const linked = linkPlan(random.plan);
    const [side, back] = [linked[way], linked[way === "up" ? "down" : "up"]].map(
      (all) => all.get(message.v3.typeName)!,
    );
    const [from, to] = way === "up" ? (["v3", "v4"] as const) : (["v4", "v3"] as const);
    const stashed = randomBytes(random, to, message[to]).map((bytes) => translate(back!, bytes).value);
    const bytes = fc.oneof(randomBytes(random, from, message[from]), stashed);
    const options = fc.constantFrom({}, trust);
    fc.assert(
      fc.property(bytes, options, fc.boolean(), (bytes, option, isEncoded) => {
        const isWhole = isEncoded && isComplete(random, message[from], bytes);
        const written = isWhole ? recode(message[from], bytes) : bytes;
        const lane = translate(side!, written, option);
        const engine = translate(side!, written, option, translateMessage);
        expect(Buffer.from(lane.value).toString("hex")).toBe(Buffer.from(engine.value).toString("hex"));
        expect(lane.lost).toEqual(engine.lost);
      }),
      { numRuns: settings.messages, seed: settings.seed },
    );
  });
});
