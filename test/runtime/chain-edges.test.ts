import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { compilePlan, mapChain } from "../../src/mapping/index.js";
import { fuseSides } from "../../src/runtime/chain/fuse.js";
import { createChain, createTranslator, TranslateError, type Translator } from "../../src/runtime/index.js";
import { runLane } from "../../src/runtime/lane/run-lane.js";
import { linkPlan } from "../../src/runtime/link-plan.js";
import { translate } from "../../src/runtime/translator.js";
import { WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
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

const trust = { stash: "trust" } as const;
const large = 2n ** 40n;

/** As the stub of a generation writes it, from v1 on. */
function written(generation: number, order: Record<string, unknown>): Uint8Array {
  const desc = generations.orders[generation - 1]!;
  return toBinary(desc, create(desc, order));
}

function read(generation: number, bytes: Uint8Array) {
  return fromBinary(generations.orders[generation - 1]!, bytes);
}

test("most of what stubs write takes one pass", () => {
  const sides = generations.plans.map((plan, index) => linkPlan(plan).up.get(`chain.v${index + 1}.Order`)!);
  const fused = fuseSides(sides);
  const messages = fc.sample(arbitraryBytes(generations.orders[0]!), { numRuns: 300, seed: 7 });
  const alone = messages.filter((bytes) => {
    let asked = false;
    translate(fused, recode(generations.orders[0]!, bytes), {}, (side, src, context, depth) => {
      const careful = () => {
        asked = true;
      };
      asked ||= !runLane(side, src, 0, src.length, { ...context, careful }, depth);
    });
    return !asked;
  });
  expect(alone.length / messages.length).toBeGreaterThan(0.5);
});

test("a chain of one hop is that hop", () => {
  const single = createChain(generations.plans.slice(0, 1), "chain.v1.Order");
  const bytes = written(1, { total: 7, status: 1, fax: "f", customer: { age: 3 } });
  expect(single.up(bytes)).toEqual(hops[0]!.up(bytes));
});

test("each hop that has no words for something leaves a layer, and they come off in reverse", () => {
  const order = {
    home: { zip: large },
    level: large,
    extra: { weight: large },
    motto: "m",
    items: [{ amount: large }],
  };
  const newest = written(4, order);
  const { value, lost } = chain.down(newest);
  expect(lost).toEqual([]);
  expect(read(1, value)).toMatchObject({ level: 0, home: { zip: 0 }, items: [{ amount: 0 }] });
  expect(read(4, chain.up(value, trust).value)).toMatchObject({
    home: { zip: large },
    level: large,
    extra: { weight: large },
    items: [{ amount: large }],
  });
});

test("a stash from outside is not believed where only a later hop looks", () => {
  const forged = chain.down(written(4, { home: { zip: large } })).value;
  const naive = hops.reduce((bytes, hop, at) => hop.up(bytes, at === 0 ? {} : trust).value, forged);
  expect(read(4, naive)).toMatchObject({ home: { zip: large } });
  const { value, lost } = chain.up(forged);
  expect(read(4, value)).toMatchObject({ home: { zip: 0n } });
  expect(lost).toEqual([{ path: "home", reason: "stripped", hop: 0 }]);
});

test("what is lost names the plan by which it is, in the words of the generation that this hop comes from", () => {
  const newest = written(4, { level: large, buyer: { address: { zip: large } } });
  const elder = chain.down(newest).value;
  const edited = join([elder, written(1, { level: 5, customer: { address: { zip: 6 } } })]);
  const up = chain.up(edited, trust);
  expect(up.lost).toEqual([
    { path: "level", reason: "edited", hop: 0 },
    { path: "buyer.address.zip", reason: "edited", hop: 2 },
  ]);
  expect(read(4, up.value)).toMatchObject({ level: 5n, buyer: { address: { zip: 6n } } });
  const stripped = chain.down(join([newest, tagged(19404, WireType.Bytes, Uint8Array.of())]));
  expect(stripped.lost).toEqual([{ path: "", reason: "stripped", hop: 2 }]);
});

test("what only a later hop finds malformed is told as its error", () => {
  const address = tagged(3, WireType.Bytes, Uint8Array.of(0xff));
  const bytes = tagged(5, WireType.Bytes, address);
  const error = expect(() => chain.up(bytes));
  error.toThrow(TranslateError);
  error.toThrow(/^buyer\.address: in hop 3 of the chain: /);
  expect(() => chain.up(tagged(5, WireType.Bytes, Uint8Array.of(0xff)))).toThrow(/^customer: (?!in hop)/);
});

test("limits and the caller's buffer are as those of one hop", () => {
  const bytes = written(1, { id: "an order", total: 5, customer: { name: "n" } });
  const into = new Uint8Array(1000);
  const { value } = chain.up(bytes, { into });
  expect(value.buffer).toBe(into.buffer);
  expect(value).toEqual(chain.up(bytes).value);
  expect(() => chain.up(bytes, { maxBytes: 5 })).toThrow(expect.objectContaining({ code: "too-large" }));
  const nested = [1, 2, 3].reduce((inner) => tagged(14, WireType.Bytes, inner), bytes);
  expect(() => chain.up(nested, { depthLimit: 2 })).toThrow(expect.objectContaining({ code: "too-deep" }));
  const lossy = written(4, { level: large });
  const { lost } = chain.down(lossy, { stashLimit: { items: 0 } });
  expect(lost).toEqual([{ path: "level", reason: "limit", hop: 0 }]);
});

test("a chain has a plan, and plans that go on from one another", () => {
  expect(() => createChain([], "chain.v1.Order")).toThrow("a chain needs a plan at least");
  const [first, , third] = generations.plans;
  expect(() => createChain([first!, third!], "chain.v1.Order")).toThrow("does not hold chain.v2.Order");
});

test("the contracts of a chain keep stashes in the same field, whichever it is", () => {
  const [first, ...others] = generations.plans.map((plan) => ({ ...plan, stashNumber: 19_500 }));
  const chosen = createChain([first!, ...others], "chain.v1.Order");
  const newest = written(4, { level: large, home: { zip: large }, profile: Uint8Array.of(0xe2, 0xbc, 9) });
  const elder = chosen.down(newest).value;
  const numbers = (read(1, elder).$unknown ?? []).map(({ no }) => no);
  expect(numbers).toContain(19_500);
  expect(numbers).not.toContain(19_404);
  expect(read(4, chosen.up(elder, trust).value)).toMatchObject({ level: large, home: { zip: large } });
  const stripped = chosen.up(elder);
  expect(stripped.lost.map(({ path }) => path)).toEqual(["", "home"]);
  expect(read(4, stripped.value)).toMatchObject({ level: 0n, home: { zip: 0n } });
  expect(() => createChain([generations.plans[0]!, ...others], "chain.v1.Order")).toThrow(
    "the plan of chain.v2.Order keeps stashes in field 19500, those before it in 19404",
  );
});

test("defaults that one hop writes, another may change", async () => {
  const proto = (version: string, fields: string) =>
    `syntax = "proto3"; package p.${version}; import "proto4/options.proto"; message M { ${fields} }`;
  const { schema, registry } = await compile({
    "p/v1/m.proto": proto("v1", "string id = 1;"),
    "p/v2/m.proto": proto(
      "v2",
      'string id = 1; string lang = 2 [(.proto4.field_terms) = {bridge_default: "\\"en\\""}]; ' +
        "reserved 3;",
    ),
    "p/v3/m.proto": proto(
      "v3",
      'string id = 1; string tongue = 4 [(.proto4.field_terms) = {was: "lang"}]; M inner = 5; ' +
        'int32 size = 3 [(.proto4.field_terms) = {bridge_default: "7"}];',
    ),
  });
  const plans = mapChain(schema, ["p.v1", "p.v2", "p.v3"]).map(compilePlan);
  const whole = createChain(plans, "p.v1.M");
  const each = plans.map((plan, index) => createTranslator(plan, `p.v${index + 1}.M`));
  const sides = plans.map((plan, index) => linkPlan(plan).up.get(`p.v${index + 1}.M`)!);
  expect(fuseSides(sides).lane).toMatchObject({ isAlwaysCareful: false, injected: [{}, {}] });
  const upward = (bytes: Uint8Array) => each[1]!.up(each[0]!.up(bytes).value, trust).value;
  const downward = (bytes: Uint8Array) => each[0]!.down(each[1]!.down(bytes).value, trust).value;
  const hold = (version: string, one: typeof upward, other: typeof upward) =>
    fc.assert(
      fc.property(
        arbitraryBytes(registry.getMessage(`p.${version}.M`)!, {
          unknown: { [`p.${version}.M`]: unknownField(2, 3, 4, 5) },
        }),
        (bytes) => {
          expect(attempt(() => one(bytes))).toEqual(attempt(() => other(bytes)));
        },
      ),
      { numRuns: 1000 },
    );
  hold("v1", (bytes) => whole.up(bytes).value, upward);
  hold("v3", (bytes) => whole.down(bytes).value, downward);
  const filled = fromBinary(registry.getMessage("p.v3.M")!, whole.up(Uint8Array.of()).value);
  expect(filled).toMatchObject({ tongue: "en", size: 7 });
});

function attempt(carry: () => Uint8Array): unknown {
  try {
    return Buffer.from(carry()).toString("hex");
  } catch (error) {
    if (error instanceof TranslateError) return [error.code, error.path];
    throw error;
  }
}
