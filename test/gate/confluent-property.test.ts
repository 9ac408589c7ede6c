import { create, createFileRegistry, type FileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { expect, test } from "vitest";
import { check, type Finding } from "../../src/gate/index.js";
import type { Image } from "../../src/image/index.js";
import { allRules } from "../../src/rules/index.js";
import { compileSides } from "./check-cases.js";
import { incompatibilities } from "./confluent-oracle.js";
import { type Pair, pair } from "./confluent-pairs.js";

/** A run compiles so many pairs at once: the compiler's start is what takes the time. */
const together = 400;

test("the rules find what the account calls incompatible, and nothing else", async () => {
  const seen: ReadonlySet<string>[] = [];
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: together, maxLength: together }), async (pairs) => {
      const judged = await judge(pairs);
      seen.push(...judged.map(({ expected }) => expected));
      expect(judged.filter(({ found, expected }) => !equal(found, expected)).slice(0, 3)).toEqual([]);
    }),
    { numRuns: 2, endOnFailure: true },
  );
  expectCoverage(seen);
}, 120_000);

/** A pair of many sizes each, and every rule: an agreement on nothing would be none. */
function expectCoverage(seen: readonly ReadonlySet<string>[]): void {
  const count = (isMeant: (offences: ReadonlySet<string>) => boolean) => seen.filter(isMeant).length;
  expect(count(({ size }) => size === 0)).toBeGreaterThan(together / 5);
  expect(count(({ size }) => size === 1)).toBeGreaterThan(together / 5);
  expect(count(({ size }) => size > 1)).toBeGreaterThan(together / 20);
  for (const { id } of allRules.filter(({ categories }) => categories.includes("CONFLUENT"))) {
    const times = count((offences) => [...offences].some((offence) => offence.startsWith(`${id} `)));
    expect(times, id).toBeGreaterThanOrEqual(3);
  }
}

async function judge(pairs: readonly Pair[]) {
  const [before, after] = await compileSides(pairs.map((sides) => [sides.before, sides.after]));
  const findings = check(before, after, { today: "2026-11-22", categories: ["CONFLUENT"] });
  const registry = registryOf(before);
  const partner = registryOf(after);
  return pairs.map((sides, index) => {
    const mine = (name: string) => name.split(/[./]/)[0] === `c${index}`;
    const files = [...registry.files].filter(({ name }) => mine(name));
    return {
      sides,
      expected: incompatibilities(files, partner),
      found: new Set(findings.filter(({ at, before }) => mine((at ?? before)!.path)).map(keyOf)),
    };
  });
}

/** As the oracle puts it: parts of a map by the map's field, fields moved into a oneof by their message. */
function keyOf({ rule, symbol }: Finding): string {
  const field = symbol.replace(/([A-Z])Entry\.(key|value)$/, (_, letter: string) => letter.toLowerCase());
  return `${rule} ${rule === "CONFLUENT_FIELD_SAME_ONEOF" ? field.replace(/\.[^.]+$/, "") : field}`;
}

function registryOf({ files }: Image): FileRegistry {
  const file = files.map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
  return createFileRegistry(create(FileDescriptorSetSchema, { file }));
}

function equal(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}
