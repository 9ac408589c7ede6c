import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { forEachMessage } from "./each-message.js";
import { formOf } from "./form.js";
import { isOrdinary } from "./is-ordinary.js";
import { randomBytes } from "./random-bytes.js";
import { loadRandomCases, type RandomCases } from "./random-cases.js";
import { settings } from "./settings.js";
import { translateObject } from "./translate-object.js";

let cases: RandomCases;
beforeAll(async () => {
  cases = await loadRandomCases(settings.pairs, settings.seed);
}, settings.timeout);

test.each([
  { way: "up", from: "v3", to: "v4" },
  { way: "down", from: "v4", to: "v3" },
] as const)(
  "on the way $way a stub reads what translating its objects makes, stash aside",
  ({ way, from, to }) => {
    forEachMessage(cases, (random, message) => {
      const bytes = randomBytes(random, from, message[from], { plain: true });
      fc.assert(
        fc.property(bytes, (bytes) => {
          const source = fromBinary(message[from], bytes, { readUnknownFields: false });
          // A message that becomes bytes has all NaNs in one form.
          fc.pre(isOrdinary(reflect(message[from], source)));
          const made = translateObject(random, way, reflect(message[from], source), message[to]);
          const carried = message.translator[way](toBinary(message[from], source)).value;
          const form = (each: Uint8Array) => formOf(random, message[to], each, { unknown: false });
          expect(form(carried)).toBe(form(toBinary(message[to], made.message)));
        }),
        { numRuns: settings.messages, seed: settings.seed },
      );
    });
  },
  settings.timeout,
);
