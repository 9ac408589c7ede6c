import { expect, test } from "vitest";
import { parseYaml } from "../../../src/gate/config/parse-yaml.js";
import { readPolicy } from "../../../src/gate/config/read-policy.js";
import { brief, checkCases } from "../check-cases.js";

const today = "2026-11-22";
const deprecated = (since: string, sunset: string) =>
  "[deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = " +
  `{since: "${since}" sunset: "${sunset}" reason: "nobody needs it"}]`;

/** One change for each key under `lifecycle`. */
const cases = {
  // Forty days ahead.
  notice: [
    "message M { string a = 1 [(proto4.field_lifecycle) = STABLE]; }",
    `message M { string a = 1 ${deprecated(today, "2027-01-01")}; }`,
  ],
  // Deprecated for 52 days.
  min_age: [
    `message M { string a = 1 ${deprecated("2026-10-01", "2026-11-01")}; }`,
    'message M { reserved 1; reserved "a"; }',
  ],
  unannotated: ["message M {}", "message M { string a = 1; }"],
} as const;

/** What is found in each case under a `lifecycle` section. */
async function found(section: string): Promise<Readonly<Record<string, readonly string[]>>> {
  const { policy } = readPolicy(parseYaml(`version: v1\nlifecycle: ${section}`, "proto4.yaml"));
  const findings = await checkCases(Object.values(cases), { today, policy, categories: ["LIFECYCLE"] });
  return Object.fromEntries(Object.keys(cases).map((key, index) => [key, findings[index]!.map(brief)]));
}

const byDefault = {
  notice: ["error LIFECYCLE_SUNSET M.a"],
  min_age: ["error LIFECYCLE_AGE M.a"],
  unannotated: [],
};

test("without a word about lifecycles, notice is 90 days and deprecation lasts 180", async () => {
  expect(await found("{}")).toEqual(byDefault);
});

test("a notice of the team's own is the one that counts", async () => {
  expect(await found("{notice: 40d}")).toEqual({ ...byDefault, notice: [] });
  expect(await found("{notice: 41d}")).toEqual(byDefault);
});

test("so is an age, and that of another state changes nothing", async () => {
  expect(await found("{min_age: {DEPRECATED: 52d}}")).toEqual({ ...byDefault, min_age: [] });
  expect(await found("{min_age: {DEPRECATED: 53d}}")).toEqual(byDefault);
  expect(await found("{min_age: {FROZEN: 0d}}")).toEqual(byDefault);
});

test("what must be annotated is found where it is not", async () => {
  const { unannotated } = await found("{unannotated: require}");
  expect(unannotated).toEqual(["error LIFECYCLE_UNANNOTATED M.a"]);
});
