import { type DescField, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import {
  createChain,
  createTranslator,
  type Lost,
  type Translated,
  TranslateError,
  type TranslateOptions,
  type Translator,
} from "../../src/runtime/index.js";
import { WireReader, WireType } from "../../src/wire/index.js";
import { arbitraryBytes, join, tagged, unknownField } from "./arbitrary-bytes.js";
import { recode } from "./canonical-form.js";
import { type Generations, loadGenerations } from "./generations.js";

let generations: Generations;
let chain: Translator;
let hops: readonly Translator[];
beforeAll(async () => {
  generations = await loadGenerations();
  const { plans } = generations;
  chain = createChain(plans, "chain.v1.Order");
  hops = plans.map((plan, index) => createTranslator(plan, `chain.v${index + 1}.Order`));
});

type Way = "up" | "down";

/** One translator after the other: what comes from outside is trusted or not, what comes from a hop is. */
function hopByHop(way: Way, bytes: Uint8Array, options: TranslateOptions = {}): Translated {
  const lost: Lost[] = [];
  let value = bytes;
  const order = way === "up" ? [0, 1, 2] : [2, 1, 0];
  for (const [at, hop] of order.entries()) {
    const given: TranslateOptions = at === 0 ? options : { ...options, stash: "trust" };
    const translated = hops[hop]![way](value, given);
    lost.push(...translated.lost.map((each) => ({ ...each, hop })));
    value = translated.value;
  }
  return { value, lost };
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

function expectSame(way: Way, bytes: Uint8Array, options?: TranslateOptions): void {
  expect(attempt(() => chain[way](bytes, options))).toEqual(attempt(() => hopByHop(way, bytes, options)));
}

/** @param unknown what nobody declares, in any form; else what some generation does, too */
function anyOrder(way: Way, unknown: "free" | "any" = "any"): fc.Arbitrary<Uint8Array> {
  const order = generations.orders[way === "up" ? 0 : 3]!;
  const name = order.typeName;
  const profile = arbitraryBytes(generations.orders[2]!.field.details!.message!);
  const numbers = Array.from({ length: 42 }, (_, index) => index + 1);
  const free = numbers.filter((number) => order.fields.every((field) => field.number !== number));
  return arbitraryBytes(order, {
    values: { [`${name}.profile`]: fc.oneof(profile, fc.uint8Array({ maxLength: 6 })) },
    unknown: {
      [name]: unknownField(...(unknown === "free" ? free : numbers), 5000, 100_000),
      [name.replace("Order", "Item")]: unknownField(...(unknown === "free" ? [] : [2, 4]), 5),
      [name.replace("Order", "Address")]: unknownField(...(unknown === "free" ? [] : [2, 3]), 4),
    },
  });
}

describe.each(["up", "down"] as const)("on the way %s a chain writes what its hops write", (way) => {
  const desc = () => generations.orders[way === "up" ? 0 : 3]!;
  const back = () => (way === "up" ? "down" : "up");

  test("for what a stub wrote", () => {
    fc.assert(
      fc.property(anyOrder(way, "free"), (bytes) => expectSame(way, recode(desc(), bytes))),
      { numRuns: 1000 },
    );
  });

  test("for what no stub would write", () => {
    fc.assert(
      fc.property(anyOrder(way), (bytes) => expectSame(way, bytes)),
      { numRuns: 1000 },
    );
  });

  test("for damaged bytes", () => {
    fc.assert(
      fc.property(anyOrder(way), fc.nat(), fc.nat(255), fc.nat(), (bytes, at, byte, cut) => {
        const damaged = Uint8Array.from(bytes);
        if (damaged.length > 0) damaged[at % damaged.length] = byte;
        expectSame(way, damaged.subarray(0, cut % 3 === 0 ? cut % (damaged.length + 1) : damaged.length));
      }),
      { numRuns: 2000 },
    );
  });

  test("with the stashes of every hop on the way", () => {
    fc.assert(
      fc.property(anyOrder(back(), "free"), (bytes) => {
        expectSame(way, arrived(back(), bytes), { stash: "trust" });
      }),
      { numRuns: 1000 },
    );
  });

  test("with stashes that are not trusted, and removed wherever a hop looks", () => {
    fc.assert(
      fc.property(anyOrder(back(), "free"), (bytes) => {
        const value = arrived(back(), bytes);
        const stripped = withoutStash(desc(), value);
        fc.pre(stripped !== undefined);
        const translated = chain[way](value);
        expect(hexOf(translated.value)).toBe(hexOf(hopByHop(way, stripped!).value));
        expect(translated.lost.length > 0).toBe(stripped!.length < value.length);
      }),
      { numRuns: 1000 },
    );
  });
});

/** What comes back from the other end; an unknown field may be malformed to a generation that knows it. */
function arrived(way: Way, bytes: Uint8Array): Uint8Array {
  try {
    return hopByHop(way, bytes).value;
  } catch (error) {
    fc.pre(!(error instanceof TranslateError));
    throw error;
  }
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** @returns `undefined` where a message that is declared as bytes has one: nobody knows whether it is a message */
function withoutStash(desc: DescMessage, bytes: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    const content = reader.pos;
    reader.skip(tag);
    const field = fieldOf(desc, tag >>> 3);
    const message = (tag & 7) === WireType.Bytes ? field?.message : undefined;
    const fragment = bytes.subarray(start, reader.pos);
    if (tag >>> 3 === 19404) continue;
    if (message === undefined) {
      if (field?.scalar === ScalarType.BYTES && hexOf(fragment).includes("e2bc09")) return undefined;
      parts.push(fragment);
    } else {
      const inside = new WireReader(bytes, content).subarray();
      const inner =
        field?.fieldKind === "map" ? entryWithoutStash(message, inside) : withoutStash(message, inside);
      if (inner === undefined) return undefined;
      parts.push(tagged(tag >>> 3, WireType.Bytes, inner));
    }
  }
  return join(parts);
}

/** What a generation does not know may be a message to the next but one. */
function fieldOf(desc: DescMessage, at: number): DescField | undefined {
  const known = desc.fields.find(({ number }) => number === at);
  const isExtra = desc.name === "Order" && at === 34;
  return known ?? (isExtra ? generations.orders[2]!.field.extra : undefined);
}

/** An entry with key and value, as translators and stubs write it. */
function entryWithoutStash(message: DescMessage, entry: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  const reader = new WireReader(entry);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    if (tag !== 0x12) {
      reader.skip(tag);
      if (tag >>> 3 !== 19404) parts.push(entry.subarray(start, reader.pos));
      continue;
    }
    const inner = withoutStash(message, reader.subarray());
    if (inner === undefined) return undefined;
    parts.push(tagged(2, WireType.Bytes, inner));
  }
  return join(parts);
}
