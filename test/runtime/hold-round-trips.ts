import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Hooks, type Plan, TranslateError, type Translator } from "../../src/runtime/index.js";
import { linkPlan } from "../../src/runtime/link-plan.js";
import { translateMessage } from "../../src/runtime/translate-message.js";
import { translate } from "../../src/runtime/translator.js";
import { join } from "./arbitrary-bytes.js";
import { canonicalForm, canonicalFormWithoutStash, recode } from "./canonical-form.js";

/** Two generations of a message, what may be in them, and what carries them over. */
export interface Pair {
  readonly v3: DescMessage;
  readonly v4: DescMessage;
  readonly plan: Plan;
  readonly hooks?: Hooks;
  readonly translator: Translator;
  readonly v3Bytes: fc.Arbitrary<Uint8Array>;
  readonly v4Bytes: fc.Arbitrary<Uint8Array>;
  /** Fields that answer for each other where names do not tell. */
  readonly counterparts?: readonly Counterparts[];
  /** Fields that are equal only up to a default that is declared. */
  readonly modulo?: readonly string[];
  /** In place of comparing fields whole. */
  readonly holdEdits?: (pair: Pair, way: Way, numRuns: number) => void;
  /** What is equal in bytes that mean the same, where bytes fields hold messages. */
  readonly normal?: (side: "v3" | "v4", bytes: Uint8Array) => Uint8Array;
  /** How often every field is to be set, as a share of all messages. */
  readonly share?: number;
}

interface Counterparts {
  readonly v3: readonly string[];
  readonly v4: readonly string[];
}

const trust = { stash: "trust" } as const;

const ways = [
  { from: "v3", over: "v4", there: "up", back: "down" },
  { from: "v4", over: "v3", there: "down", back: "up" },
] as const;

export type Way = (typeof ways)[number];

/** The claims that hold for every kind of entry. */
export function holdRoundTrips(load: () => Pair, numRuns: number = 600): void {
  test.each(ways)("$from comes back from a stub of $over as it was, unknown fields included", (way) => {
    const pair = load();
    fc.assert(
      fc.property(sourceOf(pair, way), (bytes) => {
        const there = pair.translator[way.there](recode(pair[way.from], bytes));
        const back = pair.translator[way.back](recode(pair[way.over], there.value), trust);
        expect([...there.lost, ...back.lost]).toEqual([]);
        expectSame(pair, way, back.value, bytes);
      }),
      { numRuns },
    );
  });

  test.each(ways)("$from comes back although no encoder writes it so", (way) => {
    const pair = load();
    fc.assert(
      fc.property(sourceOf(pair, way), (bytes) => {
        const there = pair.translator[way.there](bytes).value;
        expectSame(pair, way, pair.translator[way.back](there, trust).value, bytes);
      }),
      { numRuns },
    );
  });

  test.each(ways)("what $over edits, $from reads; what it leaves, $from has as it was", (way) => {
    const pair = load();
    (pair.holdEdits ?? holdEdits)(pair, way, numRuns);
  });

  test.each(ways)("$there takes any bytes, or says what is wrong with them", (way) => {
    const pair = load();
    const options = fc.constantFrom(trust, {});
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      damaged(sourceOf(pair, way)),
      damaged(stashedOf(pair, way)),
    );
    fc.assert(
      fc.property(bytes, options, (each, option) => {
        attempt(() => pair.translator[way.there](each, option));
      }),
      { numRuns: 3 * numRuns },
    );
  });

  test.each(ways)("$there, the fast lane says what the engine says", (way) => {
    const pair = load();
    const side = linkPlan(pair.plan)[way.there].get(pair.v3.typeName)!;
    const bytes = fc.oneof(sourceOf(pair, way), stashedOf(pair, way), damaged(sourceOf(pair, way)));
    fc.assert(
      fc.property(bytes, fc.constantFrom(trust, {}), (each, options) => {
        const run = (carry?: typeof translateMessage) =>
          attempt(() => translate(side, each, options, carry, pair.hooks));
        expect(run()).toEqual(run(translateMessage));
      }),
      { numRuns },
    );
  });

  test("the generators set every field often enough", () => {
    const pair = load();
    for (const way of ways) {
      const desc = pair[way.from];
      const messages = fc
        .sample(sourceOf(pair, way), { numRuns: 1000, seed: 4 })
        .map((each) => reflect(desc, fromBinary(desc, each)));
      for (const field of desc.fields) {
        const share = messages.filter((message) => message.isSet(field)).length / messages.length;
        expect(share, field.toString()).toBeGreaterThan(pair.share ?? 0.05);
      }
    }
  });
}

function sourceOf(pair: Pair, { from }: Way): fc.Arbitrary<Uint8Array> {
  return from === "v3" ? pair.v3Bytes : pair.v4Bytes;
}

/** Bytes that hold a stash of the other generation. */
function stashedOf(pair: Pair, { from, back }: Way): fc.Arbitrary<Uint8Array> {
  const other = from === "v3" ? pair.v4Bytes : pair.v3Bytes;
  return other.map((bytes) => pair.translator[back](bytes).value);
}

function expectSame(pair: Pair, { from }: Way, actual: Uint8Array, expected: Uint8Array): void {
  const normal = pair.normal ?? ((_, bytes) => bytes);
  const form = (bytes: Uint8Array) =>
    canonicalFormWithoutStash(pair[from], normal(from, without(pair, from, bytes)));
  expect(form(actual)).toBe(form(expected));
}

function without(pair: Pair, side: "v3" | "v4", bytes: Uint8Array): Uint8Array {
  if (pair.modulo === undefined) return bytes;
  const message = reflect(pair[side], fromBinary(pair[side], bytes));
  for (const field of message.fields) if (pair.modulo.includes(field.name)) message.clear(field);
  return toBinary(pair[side], message.message);
}

function holdEdits(pair: Pair, { from, over, there, back }: Way, numRuns: number): void {
  const [source, edits] = from === "v3" ? [pair.v3Bytes, pair.v4Bytes] : [pair.v4Bytes, pair.v3Bytes];
  const counterparts = counterpartsOf(pair);
  const choice = fc.subarray([...counterparts], {
    minLength: 1,
    maxLength: Math.min(6, counterparts.length),
  });
  const property = fc.property(source, edits, choice, (bytes, other, chosen) => {
    const before = pair.translator[there](bytes).value;
    const names = chosen.flatMap((each) => each[over]);
    const after = edit(pair[over], before, other, names);
    const result = pair.translator[back](after, trust).value;
    const edited = pair.translator[back](recode(pair[over], other)).value;
    const rest = counterparts.filter((each) => !chosen.includes(each));
    const together = { v3: rest.flatMap((each) => each.v3), v4: rest.flatMap((each) => each.v4) };
    for (const each of [...chosen, together]) {
      const [was, is] = [before, after].map((bytes) => only(pair[over], bytes, each[over])) as [
        Uint8Array,
        Uint8Array,
      ];
      const isSame = canonicalForm(pair[over], was) === canonicalForm(pair[over], is);
      // Unknown fields, and stashes in what stands for another, are nothing that anybody edits.
      if (!isSame && known(pair[over], was) === known(pair[over], is)) continue;
      const expected = isSame ? bytes : edited;
      expect(formOf(pair[from], result, each[from]), String(each[from])).toBe(
        formOf(pair[from], expected, each[from]),
      );
    }
  });
  fc.assert(property, { numRuns });
}

function counterpartsOf({ v3, v4, counterparts = [], modulo = [] }: Pair): readonly Counterparts[] {
  const told = new Set([...counterparts.flatMap((each) => [...each.v3, ...each.v4]), ...modulo]);
  const shared = v3.fields.filter(
    ({ name }) => !told.has(name) && v4.fields.some((field) => field.name === name),
  );
  return [...counterparts, ...shared.map(({ name }) => ({ v3: [name], v4: [name] }))];
}

/** `bytes` with some fields as `other` has them. */
export function edit(
  desc: DescMessage,
  bytes: Uint8Array,
  other: Uint8Array,
  names: readonly string[],
): Uint8Array {
  const message = reflect(desc, fromBinary(desc, bytes));
  for (const field of desc.fields) if (names.includes(field.name)) message.clear(field);
  return join([toBinary(desc, message.message), only(desc, other, names)]);
}

/** The fields alone, without unknown ones beside them. */
function only(desc: DescMessage, bytes: Uint8Array, names: readonly string[]): Uint8Array {
  const message = reflect(desc, fromBinary(desc, bytes));
  for (const field of desc.fields) if (!names.includes(field.name)) message.clear(field);
  message.setUnknown([]);
  return toBinary(desc, message.message);
}

function formOf(desc: DescMessage, bytes: Uint8Array, names: readonly string[]): string {
  return canonicalFormWithoutStash(desc, only(desc, bytes, names));
}

/** What parsers agree on: unknown fields left out, and zeros that only some take for absent. */
function known(desc: DescMessage, bytes: Uint8Array): string {
  const message = reflect(desc, fromBinary(desc, bytes, { readUnknownFields: false }));
  for (const field of desc.fields)
    if (field.fieldKind === "scalar" && field.presence === FeatureSet_FieldPresence.IMPLICIT)
      if (Object.is(message.get(field), -0)) message.clear(field);
  return canonicalForm(desc, toBinary(desc, message.message));
}

/** One byte replaced, or the end cut off. */
function damaged(whole: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc.tuple(whole, fc.nat(), fc.nat(255), fc.boolean()).map(([bytes, at, byte, cut]) => {
    if (cut) return bytes.slice(0, at % (bytes.length + 1));
    const copy = bytes.slice();
    if (copy.length > 0) copy[at % copy.length] = byte;
    return copy;
  });
}

function attempt<Result>(translate: () => Result): Result | undefined {
  try {
    return translate();
  } catch (error) {
    if (error instanceof TranslateError) return undefined;
    throw error;
  }
}
