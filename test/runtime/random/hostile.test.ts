import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { TranslateError } from "../../../src/runtime/index.js";
import { linkPlan } from "../../../src/runtime/link-plan.js";
import type { Side } from "../../../src/runtime/side.js";
import { translateMessage } from "../../../src/runtime/translate-message.js";
import { type TranslateOptions, translate } from "../../../src/runtime/translator.js";
import { join } from "../arbitrary-bytes.js";
import { forEachMessage } from "./each-message.js";
import { formOf, isComplete } from "./form.js";
import { hostileBytes } from "./hostile-bytes.js";
import { isOrdinary } from "./is-ordinary.js";
import { isStrict } from "./is-strict.js";
import { keepsOrder } from "./keeps-order.js";
import { randomBytes } from "./random-bytes.js";
import { loadRandomCases, type RandomCase, type RandomCases, type RandomMessage } from "./random-cases.js";
import { settings } from "./settings.js";
import { translateObject } from "./translate-object.js";

let cases: RandomCases;
beforeAll(async () => {
  cases = await loadRandomCases(settings.pairs, settings.seed);
}, settings.timeout);

const ways = [
  { way: "up", from: "v3", to: "v4" },
  { way: "down", from: "v4", to: "v3" },
] as const;

type Way = (typeof ways)[number];

test.each(ways)(
  "on the way $way hostile bytes are translated as specified or refused with code and place, by both lanes alike",
  (way) => {
    const counts = { translated: 0, refused: 0, compared: 0 };
    forEachMessage(cases, (random, message) => {
      const side = linkPlan(random.plan)[way.way].get(message.v3.typeName)!;
      const whole = fc.oneof(
        randomBytes(random, way.from, message[way.from]),
        randomBytes(random, way.from, message[way.from], { plain: true }),
      );
      const options = fc.constantFrom<TranslateOptions>({}, { stash: "trust" });
      fc.assert(
        fc.property(hostileBytes(message[way.from], whole), options, (bytes, options) => {
          const told = attempt(side, bytes, options);
          expect(attempt(side, bytes, options, translateMessage)).toEqual(told);
          expect(attempt(side, within(bytes), options)).toEqual(told);
          if (told.value === undefined) counts.refused++;
          else counts.translated++;
          if (told.value !== undefined && holdMeaning(random, message, way, bytes, told.value))
            counts.compared++;
        }),
        { numRuns: 3 * settings.messages, seed: settings.seed },
      );
    });
    const all = counts.translated + counts.refused;
    expect(counts.translated / all).toBeGreaterThan(0.2);
    expect(counts.refused / all).toBeGreaterThan(0.1);
    expect(counts.compared / all).toBeGreaterThan(0.02);
  },
  settings.timeout,
);

interface Told {
  readonly value?: Uint8Array;
  readonly lost?: unknown;
  readonly code?: string;
  readonly path?: string;
}

/** All but a TranslateError fails the test, and so does what takes longer than any of these may. */
function attempt(
  side: Side,
  bytes: Uint8Array,
  options: TranslateOptions,
  carry?: typeof translateMessage,
): Told {
  const start = performance.now();
  try {
    const { value, lost } = translate(side, bytes, options, carry);
    return { value: value.slice(), lost };
  } catch (error) {
    if (!(error instanceof TranslateError)) throw error;
    const { code, path } = error;
    return { code, path };
  } finally {
    expect(performance.now() - start).toBeLessThan(5000);
  }
}

/** The same bytes between others, which could go on where they end. */
function within(bytes: Uint8Array): Uint8Array {
  const before = Uint8Array.of(0x0a, 0x7f, 0x80);
  const behind = Uint8Array.of(0x01, 0x7f, 0x80, 0x01, 0x0a, 0x00, 0xff);
  return join([before, bytes, behind]).subarray(before.length, before.length + bytes.length);
}

/**
 * What every parser reads here has to be read there, and to mean there what translating its objects gives.
 * @returns whether it was compared
 */
function holdMeaning(
  random: RandomCase,
  message: RandomMessage,
  { way, from, to }: Way,
  bytes: Uint8Array,
  carried: Uint8Array,
): boolean {
  if (!isReadable(random, message[from], bytes)) return false;
  fromBinary(message[to], carried);
  // Of the order on the wire, and of fields that only the other side knows, objects know nothing.
  const known = (unknown: boolean) => formOf(random, message[from], bytes, { unknown });
  if (!keepsOrder(random, message.v3.typeName) || known(true) !== known(false)) return false;
  const source = fromBinary(message[from], bytes, { readUnknownFields: false });
  if (!isOrdinary(reflect(message[from], source))) return false;
  const made = translateObject(random, way, reflect(message[from], source), message[to]);
  const form = (each: Uint8Array) => formOf(random, message[to], each, { unknown: false });
  expect(form(carried)).toBe(form(toBinary(message[to], made.message)));
  return true;
}

function isReadable(random: RandomCase, desc: RandomMessage["v3"], bytes: Uint8Array): boolean {
  if (!isStrict(desc, bytes)) return false;
  try {
    return isComplete(random, desc, bytes);
  } catch {
    return false;
  }
}
