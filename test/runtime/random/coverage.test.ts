import { fromBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Conversion, Entry } from "../../../src/mapping/index.js";
import { hasStash } from "./has-stash.js";
import { randomBytes } from "./random-bytes.js";
import { loadRandomCases, type RandomCases } from "./random-cases.js";
import { settings } from "./settings.js";

// A generator that silently stopped generating would let every other test here pass.

let cases: RandomCases;
beforeAll(async () => {
  cases = await loadRandomCases(settings.pairs, settings.seed);
}, settings.timeout);

test("nearly all pairs are mapped", () => {
  const { accepted, refused } = cases;
  expect(accepted.length / (accepted.length + refused.length)).toBeGreaterThan(0.85);
});

test("a pair that is refused is told what to write", () => {
  for (const { error } of cases.refused)
    for (const each of error.problems?.length ? error.problems : [error]) {
      expect(each.code).toMatch(/^mapping-(unsupported|ambiguous|loss)$/);
      expect(each.message).toMatch(
        /; (.* )?(write|keep|make|take|leave|begin|give|pair|move|without|a singular field)/,
      );
      expect(each.location?.path).toMatch(/^case\d+\/v[34]\/m\.proto$/);
    }
});

test("every kind of entry, conversion and contract occurs often enough", () => {
  const counts = new Map<string, number>();
  for (const { mapping } of cases.accepted)
    for (const { entries, contract } of mapping.messages)
      for (const what of [contract, ...entries.flatMap(tell)]) counts.set(what, (counts.get(what) ?? 0) + 1);
  const least = Math.max(1, Math.floor(cases.accepted.length / 8));
  for (const what of expected) expect(counts.get(what) ?? 0, what).toBeGreaterThanOrEqual(least);
});

test("every field of every message is set in some of the messages, and stashes are written", () => {
  const counts = { all: 0, stashed: 0 };
  for (const random of cases.accepted)
    for (const message of random.messages)
      for (const [side, way] of [
        ["v3", "up"],
        ["v4", "down"],
      ] as const) {
        const desc = message[side];
        const sample = fc.sample(randomBytes(random, side, desc), { numRuns: 40, seed: settings.seed });
        const read = sample.map((bytes) => reflect(desc, fromBinary(desc, bytes)));
        for (const field of desc.fields) {
          const told = `${field} of\n${random.sources}`;
          expect(
            read.some((each) => each.isSet(field)),
            told,
          ).toBe(true);
        }
        counts.all += sample.length;
        counts.stashed += sample.filter((bytes) => hasStash(message.translator[way](bytes).value)).length;
      }
  expect(counts.stashed / counts.all).toBeGreaterThan(0.25);
});

function tell(entry: Entry): readonly string[] {
  switch (entry.kind) {
    case "paired":
      return [
        ...tellConversion(entry.conversion),
        entry.counted ? "counted" : "",
        entry.absent === undefined ? "" : "absent",
        entry.v3.number === entry.v4.number ? "" : "renumbered",
        entry.v3.name === entry.v4.name ? "" : "renamed",
        entry.v3.type === entry.v4.type ? "" : "retyped",
        entry.v3.extendee === undefined ? "" : "extension",
        entry.loss,
      ];
    case "only":
      return [`${entry.side} only, ${entry.travels ? "travels" : "stashed"}`];
    case "regroup":
      return [`${entry.kind} in ${entry.side}`];
    default:
      return [entry.kind];
  }
}

function tellConversion(conversion: Conversion): readonly string[] {
  switch (conversion.kind) {
    case "wrap":
      return [conversion.kind, ...tellConversion(conversion.inner)];
    case "nested":
      return [conversion.kind, conversion.v4.fullName === "google.protobuf.Any" ? "Any" : ""];
    default:
      return [conversion.kind];
  }
}

const expected = [
  ...["BYTES", "CANON", "MODULO", "ISO", "LENS", "PRISM"],
  ...["copy", "number", "enum", "text", "blob", "wrap", "time", "nested", "entry", "Any"],
  ...["oneof", "replaced", "regroup in v3", "regroup in v4", "counted", "absent", "renumbered", "renamed"],
  ...["v3 only, travels", "v3 only, stashed", "v4 only, travels", "v4 only, stashed", "retyped", "extension"],
];
