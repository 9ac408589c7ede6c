import { expect, test } from "vitest";
import { brief, checkCases } from "./check-cases.js";
import { type Claim, compatible, incompatible } from "./confluent-cases.js";

const today = "2026-11-22";

const claims = [
  ...Object.entries(compatible).map(([what, [before, after]]) => ({
    what,
    before,
    after,
    expected: [] as readonly string[],
  })),
  ...Object.entries(incompatible).map(([what, [before, after, expected]]) => ({
    what,
    before,
    after,
    expected,
  })),
];

const found = checkCases(
  claims.map(({ before, after }) => [before, after]),
  { today, categories: ["CONFLUENT"] },
);

test.each(
  claims.map(
    (claim, index) =>
      [
        claim.expected.length === 0 ? "compatible" : "incompatible",
        claim.what,
        claim.expected,
        index,
      ] as const,
  ),
)("%s: %s", async (_, __, expected, index) => {
  const findings = (await found)[index]!;
  expect(findings.map(brief).sort()).toEqual(expected.map((line) => `error ${line}`).sort());
});

test("CONFLUENT is asked by name only", async () => {
  const pair: Claim = ["message M { int32 a = 1; } message N {}", "message M { repeated string a = 1; }"];
  const [byDefault] = await checkCases([pair], { today });
  expect(byDefault!.length).toBeGreaterThan(0);
  expect(byDefault!.filter(({ rule }) => rule.startsWith("CONFLUENT_"))).toEqual([]);
  const [asked] = await checkCases([pair], { today, categories: ["CONFLUENT"] });
  expect(asked!.every(({ rule }) => rule.startsWith("CONFLUENT_"))).toBe(true);
});

test("one of its rules can be asked by its id", async () => {
  const pair: Claim = ["message M { int32 a = 1; } message N {}", "message M { string a = 1; }"];
  const [asked] = await checkCases([pair], { today, categories: ["CONFLUENT_FIELD_SAME_SCALAR_KIND"] });
  expect(asked!.map(brief)).toEqual(["error CONFLUENT_FIELD_SAME_SCALAR_KIND M.a"]);
});
