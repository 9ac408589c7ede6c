import { beforeAll, expect, test } from "vitest";
import {
  compilePlan,
  type Mapping,
  mapSchema,
  type Proof,
  prove,
  renderProof,
  type TypeProof,
} from "../../../src/mapping/index.js";
import { selectFields } from "../../../src/mapping/prove/select-fields.js";
import { createTranslator, type Translated, type Translator } from "../../../src/runtime/index.js";
import { WireReader, WireWriter } from "../../../src/wire/index.js";
import { compileShop } from "../certificate/shop.js";
import { compile } from "../compile.js";

let mapping: Mapping;
beforeAll(async () => {
  const { schema } = await compileShop();
  mapping = mapSchema(schema, { v4: "shop.v4" })!;
});

test("the shop's contracts hold, and every field was set", async () => {
  const proof = await prove(mapping, { runs: 60, seed: 1 });
  expect(proof.types.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(proof.types.length).toBe(mapping.messages.filter(({ v4 }) => !v4.mapEntry).length);
  for (const { coverage } of proof.types)
    for (const { field, set } of [...coverage.v3, ...coverage.v4]) expect(set, field).toBeGreaterThan(3);
  expect(renderProof(proof)).toMatch(
    /^proof {2}60 messages of each type and side, seed 1: 18 of 18 pairs hold\n/,
  );
});

test("what was never set is named", async () => {
  const proof = await prove(mapping, { runs: 1, seed: 1, only: (v4) => v4 === "shop.v4.User" });
  const never = proof.types[0]!.coverage.v3.filter(({ set }) => set === 0).map(({ field }) => field);
  expect(never.length).toBeGreaterThan(0);
  expect(renderProof(proof)).toContain(`never set, so that nothing is proven of it: ${never[0]}`);
});

/** The proof of User with a translator that someone got wrong. */
async function proveUser(spoil: (real: Translator) => Translator): Promise<TypeProof> {
  const real = createTranslator(compilePlan(mapping), "shop.v3.User");
  const proof = await proofWith(() => spoil(real));
  return proof.types[0]!;
}

function proofWith(translatorOf: () => Translator): Promise<Proof> {
  return prove(mapping, { runs: 200, seed: 3, only: (v4) => v4 === "shop.v4.User", translatorOf });
}

const changing = (translated: Translated, change: (bytes: Uint8Array) => Uint8Array): Translated => ({
  ...translated,
  value: change(translated.value),
});

test("a field that is dropped is found, in the smallest message that has it", async () => {
  const { failure } = await proveUser((real) => ({
    up: (bytes, options) =>
      changing(real.up(bytes, options), (value) => selectFields(value, (no) => no !== 10)),
    down: real.down,
  }));
  expect(failure).toMatchObject({
    from: "v3",
    law: "direct",
    what: "what comes back is another message",
    fields: ["mail"],
    given: { message: "shop.v3.User" },
    there: { message: "shop.v4.User", hex: "", json: {} },
    back: { message: "shop.v3.User", hex: "", json: {} },
  });
  expect(Object.keys(failure!.given.json as object)).toEqual(["mail"]);
  expect(failure!.given.hex.length).toBeLessThanOrEqual(6);
});

test("values that change places on the way and again on the way back are found by plain conversion", async () => {
  const { failure } = await proveUser((real) => ({
    up: (bytes, options) => changing(real.up(bytes, options), swapped),
    down: (bytes, options) => real.down(swapped(bytes), options),
  }));
  expect(failure?.law).toBe("object");
  expect(["mail", "phone"]).toContain(failure?.fields[0]);
});

/** `email = 10` and `phone = 11` in each other's place. */
function swapped(bytes: Uint8Array): Uint8Array {
  const out = new WireWriter(bytes.length);
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    const content = reader.pos;
    reader.skip(tag);
    if (tag === 82 || tag === 90) {
      out.varint(tag === 82 ? 90 : 82);
      out.raw(bytes, content, reader.pos);
    } else out.raw(bytes, start, reader.pos);
  }
  return out.finish();
}

test("a stash that brings back what somebody cleared is found", async () => {
  const { failure } = await proveUser((real) => {
    const remembered: Uint8Array[] = [];
    return {
      up: (bytes, options) => {
        remembered.push(bytes);
        return real.up(bytes, options);
      },
      down: (bytes, options) => {
        const last = remembered.at(-1);
        return options?.stash === "trust" && last ? { value: last, lost: [] } : real.down(bytes, options);
      },
    };
  });
  expect(failure).toMatchObject({ from: "v3", law: "edit" });
  expect(failure?.sent).toBeDefined();
});

test("what only works as long as no stub touches the bytes is found", async () => {
  const { failure } = await proveUser((real) => {
    const known = new Map<string, Uint8Array>();
    return {
      up: (bytes, options) => {
        const up = real.up(bytes, options);
        const there = selectFields(up.value, (number) => number !== 19404);
        known.set(Buffer.from(there).toString("hex"), bytes);
        return { ...up, value: there };
      },
      down: (bytes, options) => {
        const value = known.get(Buffer.from(bytes).toString("hex"));
        return value === undefined ? real.down(bytes, options) : { value, lost: [] };
      },
    };
  });
  expect(failure?.law).toBe("stub");
});

test("a message that the translator refuses, and a loss that is told of what nobody edited, are failures", async () => {
  const refusing = await proveUser((real) => ({
    up: real.up,
    down: (bytes, options) => {
      if (bytes.length > 3) throw new Error("too long for me");
      return real.down(bytes, options);
    },
  }));
  expect(refusing.failure?.what).toBe("this message is refused: too long for me");
  const losing = await proveUser((real) => ({
    up: (bytes, options) => ({ ...real.up(bytes, options), lost: [{ path: "age", reason: "edited" }] }),
    down: real.down,
  }));
  expect(losing.failure).toMatchObject({ law: "direct", fields: ["age"], given: { hex: "" } });
});

test("where there is no translator, the proof fails with the reason", async () => {
  const proof = await proofWith(() => {
    throw new Error("no hook is called both");
  });
  expect(proof.types[0]?.failure).toMatchObject({
    what: "this message is refused: no hook is called both",
    given: { hex: "" },
  });
});

test("a proof prints the message as JSON and as hex, and what came of it", async () => {
  const proof = await proofWith(() => {
    const real = createTranslator(compilePlan(mapping), "shop.v3.User");
    return {
      up: real.up,
      down: (bytes, options) => changing(real.down(bytes, options), () => new Uint8Array()),
    };
  });
  const text = renderProof(proof);
  expect(text).toContain("0 of 1 pairs hold");
  expect(text).toMatch(/shop\.v3\.User → shop\.v4\.User → v3: CANON does not hold \(direct\)\n {2}what {4}/);
  expect(text).toMatch(/ {2}given {3}shop\.v3\.User \{".*\}\n {10}[0-9a-f]+\n/);
  expect(text).toMatch(/ {2}back {4}shop\.v3\.User \{\}\n {10}\(no bytes\)\n/);
});

test("the same seed gives the same messages", async () => {
  const options = { runs: 20, only: (v4: string) => v4 === "shop.v4.Order" };
  const once = await prove(mapping, { ...options, seed: 8 });
  expect(await prove(mapping, { ...options, seed: 8 })).toEqual(once);
  expect((await prove(mapping, { ...options, seed: 9 })).types).not.toEqual(once.types);
});

test("contracts of every syntax hold: required, groups, closed enums, defaults, extensions, payloads", async () => {
  const body = (n: string, more: string) =>
    `syntax = "proto2"; package a.${n}; import "google/protobuf/any.proto";
     enum E { E_A = 0; E_B = 1; E_C = 5; }
     message A {
       required E e = 1; repeated group G = 2 { required int32 z = 1; } optional string t = 3 [default = "q"];
       map<bool, A> ma = 4; map<string, E> me = 5; extensions 100 to 200; optional google.protobuf.Any any = 6;
       oneof o { E oe = 11; string os = 12; } ${more}
     }
     message Full { extensions 2 to max; optional int32 a = 1; }`;
  const { schema } = await compile({
    "a/v1.proto": body("v1", "repeated int32 n = 20; optional A in = 21;"),
    "a/v2.proto": body("v2", "repeated int64 n = 30 [packed = true]; optional A in = 31;"),
  });
  const made = mapSchema(schema, { v4: "a.v2" })!;
  const { types } = await prove(made, { runs: 100, seed: 5 });
  expect(types.filter(({ failure }) => failure !== undefined)).toEqual([]);
  expect(types.map(({ v4 }) => v4)).toEqual(["a.v2.A", "a.v2.A.G", "a.v2.Full"]);
});
