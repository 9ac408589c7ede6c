import { beforeAll, expect, test } from "vitest";
import { compilePlan, mapSchema } from "../../src/mapping/index.js";
import type { Plan } from "../../src/runtime/index.js";
import { createTranslator } from "../../src/runtime/index.js";
import { linkPlan } from "../../src/runtime/link-plan.js";
import { translateMessage } from "../../src/runtime/translate-message.js";
import { translate } from "../../src/runtime/translator.js";
import { maxDepthLimit, WireType } from "../../src/wire/index.js";
import { compile } from "../mapping/compile.js";
import { join, tagged } from "./arbitrary-bytes.js";

// Messages as deep as may be asked for, on every path that goes in, by the fast lane and by the engine alone.

const body = (n: number, fields: string) =>
  `syntax = "proto3"; package d.v${n}; import "proto4/options.proto"; message M { int${32 * n} a = 1; ${fields} }`;
const sources = {
  "d/v1.proto": body(
    1,
    "M one = 2; repeated M list = 3; map<int32, M> map = 4; M member = 5; string other = 6; M counted = 7;",
  ),
  "d/v2.proto": body(
    2,
    "M one = 12; repeated M list = 13; map<int64, M> map = 14; oneof o { M member = 15; string other = 6; } repeated M counted = 17;",
  ),
};

let plan: Plan;
beforeAll(async () => {
  const { schema } = await compile(sources);
  plan = compilePlan(mapSchema(schema, { v4: "d.v2" })!);
});

/** The number of the field in both generations, and what is around a message in it. */
const paths: readonly (readonly [string, number, number])[] = [
  ["a message", 2, 1],
  ["a list", 3, 1],
  ["a map", 4, 2],
  ["a member that enters a oneof", 5, 1],
  ["a message that becomes a list", 7, 1],
];

const key = tagged(1, WireType.Varint, Uint8Array.of(1));

/** @param levels how many messages are in the outermost */
function nested(field: number, each: number, levels: number): Uint8Array {
  let bytes: Uint8Array = key;
  for (let level = 0; level < levels; level += each)
    bytes = tagged(field, WireType.Bytes, each === 2 ? join([key, tagged(2, WireType.Bytes, bytes)]) : bytes);
  return bytes;
}

type Translate = (way: "up" | "down", bytes: Uint8Array) => Uint8Array;
const options = { depthLimit: Number.MAX_SAFE_INTEGER, stash: "trust" } as const;
const engines: Readonly<Record<string, Translate>> = {
  lane: (way, bytes) => createTranslator(plan, "d.v1.M")[way](bytes, options).value,
  engine: (way, bytes) =>
    translate(linkPlan(plan)[way].get("d.v1.M")!, bytes, options, translateMessage).value,
};

for (const [name, through] of Object.entries(engines))
  test.each(paths)(`the ${name} goes through %s as deep as may be asked for, and no deeper`, (_, ...path) => {
    const bytes = nested(...path, maxDepthLimit);
    const there = through("up", bytes);
    expect(there).not.toEqual(bytes);
    expect(through("down", there)).toEqual(bytes);
    for (const levels of [maxDepthLimit + 2, 5000])
      expect(() => through("up", nested(...path, levels))).toThrow(
        expect.objectContaining({ name: "TranslateError", code: "too-deep" }),
      );
  });
