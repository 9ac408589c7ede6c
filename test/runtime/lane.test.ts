import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { runLane } from "../../src/runtime/lane/run-lane.js";
import { linkPlan } from "../../src/runtime/link-plan.js";
import type { Side } from "../../src/runtime/side.js";
import { translateMessage } from "../../src/runtime/translate-message.js";
import { type Translated, type TranslateOptions, translate } from "../../src/runtime/translator.js";
import { anyV3, anyV4 } from "./any-record.js";
import { recode } from "./canonical-form.js";
import { type Kinds, loadKinds } from "./kinds.js";

let kinds: Kinds;
let sides: { readonly up: Side; readonly down: Side };
beforeAll(async () => {
  kinds = await loadKinds();
  const { up, down } = linkPlan(kinds.plan);
  sides = { up: up.get("kinds.v3.Record")!, down: down.get("kinds.v3.Record")! };
});

/** The engine alone, on all levels. */
function carefully(side: Side, bytes: Uint8Array, options?: TranslateOptions): Translated {
  return translate(side, bytes, options, translateMessage);
}

function attempt(carry: () => Translated): unknown {
  try {
    const { value, lost } = carry();
    return { value: Buffer.from(value).toString("hex"), lost };
  } catch (error) {
    const { name, code, path } = error as { name: string; code: string; path: string };
    return { name, code, path };
  }
}

describe.each(["up", "down"] as const)("on the way %s the fast lane writes what the engine writes", (way) => {
  const source = () => (way === "up" ? anyV3(kinds) : anyV4(kinds));
  const desc = () => (way === "up" ? kinds.v3 : kinds.v4);

  test("for what a stub wrote", () => {
    fc.assert(
      fc.property(source(), (bytes) => {
        const written = recode(desc(), bytes);
        expect(attempt(() => translate(sides[way], written))).toEqual(
          attempt(() => carefully(sides[way], written)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("for what no stub would write", () => {
    fc.assert(
      fc.property(source(), (bytes) => {
        expect(attempt(() => translate(sides[way], bytes))).toEqual(
          attempt(() => carefully(sides[way], bytes)),
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("for damaged bytes", () => {
    fc.assert(
      fc.property(source(), fc.nat(), fc.nat(255), fc.nat(), (bytes, at, byte, cut) => {
        const damaged = Uint8Array.from(bytes);
        if (damaged.length > 0) damaged[at % damaged.length] = byte;
        const part = damaged.subarray(0, cut % 3 === 0 ? cut % (damaged.length + 1) : damaged.length);
        expect(attempt(() => translate(sides[way], part))).toEqual(
          attempt(() => carefully(sides[way], part)),
        );
      }),
      { numRuns: 2000 },
    );
  });

  test("with stashes on the way, trusted and not", () => {
    const back = way === "up" ? sides.down : sides.up;
    fc.assert(
      fc.property(way === "up" ? anyV4(kinds) : anyV3(kinds), fc.boolean(), (bytes, isTrusted) => {
        const options = { stash: isTrusted ? "trust" : "strip" } as const;
        const { value } = translate(back, bytes);
        expect(attempt(() => translate(sides[way], value, options))).toEqual(
          attempt(() => carefully(sides[way], value, options)),
        );
      }),
      { numRuns: 500 },
    );
  });
});

test("the fast lane needs no engine for most of what stubs write", () => {
  const counts = { all: 0, alone: 0 };
  const messages = fc.sample(anyV3(kinds), { numRuns: 300, seed: 7 });
  for (const bytes of messages) {
    const written = recode(kinds.v3, bytes);
    counts.all++;
    let asked = false;
    translate(sides.up, written, {}, (side, src, context, depth) => {
      const careful = (...args: Parameters<typeof translateMessage>) => {
        asked = true;
        translateMessage(...args);
      };
      const watched = { ...context, careful };
      if (!runLane(side, src, 0, src.length, watched, depth)) careful(side, src, watched, depth);
    });
    if (!asked) counts.alone++;
  }
  expect(counts.alone / counts.all).toBeGreaterThan(0.5);
});

test("a list of which numbers are cut is told by the fast lane alone, however long", () => {
  const list = (values: readonly bigint[]) =>
    toBinary(kinds.v4, create(kinds.v4, { scores: values } as MessageInitShape<typeof kinds.v4>));
  const number = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
  fc.assert(
    fc.property(
      fc.array(fc.oneof(number, fc.bigInt({ min: -2n, max: 2n ** 33n })), { maxLength: 30 }),
      (values) => {
        const bytes = list(values);
        expect(attempt(() => translate(sides.down, bytes))).toEqual(
          attempt(() => carefully(sides.down, bytes)),
        );
      },
    ),
    { numRuns: 500 },
  );
  const long = list(Array.from({ length: 200_000 }, (_, i) => BigInt(i) * 40_000n));
  const { value } = translate(sides.down, long);
  const back = translate(sides.up, value, { stash: "trust" });
  expect(Buffer.from(back.value).equals(long)).toBe(true);
});
