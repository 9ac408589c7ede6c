import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check, defaultPolicy, type Finding, inspect, loadPolicy } from "../../../src/gate/index.js";
import { pluginRules } from "../../../src/gate/plugin/plugin-rules.js";
import type { Image } from "../../../src/image/index.js";
import { locatePath, wholeSchema } from "../../../src/schema/index.js";
import { fixtures, folderOf, loadFixture } from "../../rules/fixture.js";
import { ask, type Place, type Told, writeRequest } from "./call.js";

const today = "2026-11-22";
const idsOf = (type: string, category = "") =>
  pluginRules
    .filter((rule) => rule.type === type && rule.categories.some((name) => name.includes(category)))
    .map(({ id }) => id);
const lintRules = idsOf("lint");

/** All of LIFECYCLE, and of each other category some whose places and severities are of several kinds. */
const cases = [
  ...[...idsOf("breaking", "LIFECYCLE"), ...lintRules].map((id) => [id, "LIFECYCLE"] as const),
  ...["FIELD_NUMBER_REUSED", "OPTION_SAME", "IMPORT_PUBLIC_NO_DELETE"].map((id) => [id, "STRICT"] as const),
  ...["FIELD_PRECISE_TYPE", "RPC_PRECISE_REQUEST_TYPE"].map((id) => [id, "WIRE_PRECISE"] as const),
  ...["CONFLUENT_FIELD_SAME_ONEOF", "CONFLUENT_MESSAGE_NO_DELETE"].map((id) => [id, "CONFLUENT"] as const),
];

test.each(cases)("the fixture of %s is judged as by proto4 check", async (id, category) => {
  const folder = join(fixtures, folderOf(id));
  const [before, after] = await loadFixture(folderOf(id));
  const hasPolicy = readdirSync(folder).includes("proto4.yaml");
  const policy = hasPolicy ? (await loadPolicy(join(folder, "proto4.yaml"))).policy : defaultPolicy;
  const options = { fail_on: "info", ...(hasPolicy ? { policy: "proto4.yaml" } : {}) };

  const rules = idsOf("breaking", category);
  const except = [...idsOf("breaking"), "LIFECYCLE_TOMBSTONE"].filter((other) => !rules.includes(other));
  const checked = check(before, after, { today, policy, breaking: { use: rules, except } });
  const changed = checked.filter(({ rule }) => rules.includes(rule));
  const breaking = await ask(writeRequest({ before, after, options, rules }), today, folder);
  expect(told(breaking.told, after, before)).toEqual(spelled(changed));

  const lint = await ask(writeRequest({ after, options, rules: lintRules }), today, folder);
  const standing = inspect(after, policy);
  expect(told(lint.told, after, before)).toEqual(spelled(standing));

  // What changed, or stands so since, and nothing else is what a check tells of.
  const all = spelled([...changed, ...standing]);
  expect(all).toEqual(expect.arrayContaining([...spelled(checked)]));
  expect([...changed, ...standing].some(({ rule }) => rule === id)).toBe(true);
});

/** Annotations with the places that buf makes of source paths. */
function told(all: readonly Told[], after: Image, before: Image): readonly unknown[] {
  return all.map(({ rule, message, at, before: was }) => ({
    rule,
    message,
    at: lineOf(at, after),
    before: lineOf(was, before),
  }));
}

function lineOf(place: Place | undefined, image: Image): string | undefined {
  if (place === undefined) return undefined;
  const file = wholeSchema(image).files.get(place.file)!;
  const at = place.path.length === 0 ? undefined : locatePath(file, place.path);
  return spell({ path: place.file, ...at });
}

function spelled(findings: readonly Finding[]): readonly unknown[] {
  return findings.map(({ rule, message, at, before, suggestion }) => ({
    rule,
    message: suggestion.length === 0 ? message : expect.stringContaining(`${message}; do this: `),
    at: at && spell(at),
    before: before && spell(before),
  }));
}

function spell({ path, startLine, startColumn, endLine, endColumn }: NonNullable<Finding["at"]>): string {
  return [path, startLine, startColumn, endLine, endColumn].join(":");
}
