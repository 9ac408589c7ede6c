import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import { parseYaml } from "../../../src/gate/config/parse-yaml.js";
import { checkLifetimes, readWaivers } from "../../../src/gate/waivers/read-waivers.js";
import { waiversSchema } from "../../../src/gate/waivers/waivers-schema.js";
import { allRules } from "../../../src/rules/index.js";
import { bad, beyondSchema, file, good } from "./waiver-cases.js";

const shipped = new URL("../../../proto4.waivers.schema.json", import.meta.url).pathname;
const read = (source: string) => readWaivers(parseYaml(source, "w.yaml"));

/** What a file with a mistake is told, with the place. */
function complaint(judge: () => unknown): string {
  try {
    judge();
  } catch (error) {
    if (!(error instanceof Proto4Error) || error.code !== "config-invalid") throw error;
    expect(error.location?.path).toBe("w.yaml");
    return `${error.location?.startLine}:${error.location?.startColumn} ${error.message}`;
  }
  return "nothing wrong";
}

const fits = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(waiversSchema());

const named = [...bad, ...beyondSchema].map(
  ([source, sentence]) => [source.slice(0, 120), source, sentence] as const,
);

test.each(named)("%j is told what is wrong, and where", (_, source, sentence) => {
  expect(complaint(() => read(source))).toMatch(sentence);
});

test.each(bad)("%j is refused by the schema, too", (source) => {
  expect(fits(parse(source))).toBe(false);
});

test.each(Object.entries(good))("%s: taken by the reader and by the schema", (_, source) => {
  expect(complaint(() => read(source))).toBe("nothing wrong");
  expect(fits(parse(source)), JSON.stringify(fits.errors)).toBe(true);
});

test("the schema that is shipped is the one of the rules and keys there are (npm run schema)", async () => {
  await expect(`${JSON.stringify(waiversSchema(), null, 2)}\n`).toMatchFileSnapshot(shipped);
  const manifest = JSON.parse(await readFile(new URL("../../../package.json", import.meta.url), "utf8"));
  expect(manifest.exports["./proto4.waivers.schema.json"]).toBe("./proto4.waivers.schema.json");
  expect(manifest.files).toContain("proto4.waivers.schema.json");
});

test("every rule can be waived", () => {
  const source = file(
    ...allRules.map(({ id }) => `rule: ${id}, symbol: a.B, reason: x, expires: 2027-01-31`),
  );
  expect(read(source).map(({ rule }) => rule)).toEqual(allRules.map(({ id }) => id));
});

test("what is read is what is written, with its place", () => {
  const [first, second] = read(good["the design's example"]!);
  expect(first).toMatchObject({
    finding: "3fa2b6c4d5e6",
    reason: "the app is gone",
    owner: "ana@example.com",
    expires: "2027-01-31",
    at: { path: "w.yaml", startLine: 3, startColumn: 5 },
  });
  expect(second).toMatchObject({ rule: "FIELD_SAME_TYPE", symbol: "shop.v1.User.age", owner: "team-shop" });
  expect(second!.keys.get("expires")).toMatchObject({ startLine: 11, startColumn: 14 });
});

test("a waiver may last as long as the policy allows, and not a day longer", () => {
  const until = (day: string) => read(file(`finding: "3ac8ce819ef3", reason: x, expires: ${day}`));
  expect(complaint(() => checkLifetimes(until("2026-12-06"), "2026-11-26", 10))).toBe("nothing wrong");
  expect(complaint(() => checkLifetimes(until("2026-12-07"), "2026-11-26", 10))).toBe(
    "3:52 2026-12-07 is further ahead than a waiver may last: say 2026-12-06 at the latest, which is 10 days from " +
      "today, or allow more by waiver_lifetime in proto4.yaml",
  );
  expect(complaint(() => checkLifetimes(until("2020-01-01"), "2026-11-26", 0))).toBe("nothing wrong");
});

test("a file that is as large as can be is read at once", () => {
  const many = Array.from({ length: 4000 }, (_, at) => at.toString(16).padStart(12, "a"));
  const source = file(...many.map((id) => `finding: "${id}", reason: x, owner: y, expires: 2027-01-31`));
  expect(read(source)).toHaveLength(4000);
});
