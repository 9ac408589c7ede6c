import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check, defaultPolicy, printKnown } from "../../../src/gate/index.js";
import type { OptionValue } from "../../../src/gate/plugin/read-option-value.js";
import type { Image } from "../../../src/image/index.js";
import { loadImage } from "../../../src/image/index.js";
import { makeFolder } from "../../cli/proto4.js";
import { ask, writeRequest } from "./call.js";

const today = "2026-11-22";
const source = (body: string) => `syntax = "proto3";
package shop.v1;
import "google/protobuf/descriptor.proto";
extend google.protobuf.FieldOptions { string note = 50000; }
message Order {
${body}
}
`;

let cwd = "";
let [before, after]: Image[] = [];

beforeAll(async () => {
  cwd = await makeFolder({
    "before/shop.proto": source('  string id = 1 [(note) = "a"];\n  string memo = 2;'),
    "after/shop.proto": source('  string id = 1 [(note) = "b"];\n  optional string memo = 2;'),
    "policy.yaml": "version: v1\noptions: [shop.v1.note]\nfail_on: warning\n",
    "except.yaml": "version: v1\noptions: [shop.v1.note]\nfail_on: warning\nexcept: [OPTION_SAME]\n",
    "off.yaml": "version: v1\nseverity: {FIELD_SAME_PRESENCE: off, STABLE: info}\nfail_on: info\n",
    "never.yaml": "version: v1\nfail_on: never\n",
  });
  [before, after] = await Promise.all([loadImage(`${cwd}/before`), loadImage(`${cwd}/after`)]);
  const policy = { ...defaultPolicy, trackedOptions: ["shop.v1.note"] };
  const findings = check(before, after, { today, policy, breaking: { use: ["WIRE"] } });
  await writeFile(join(cwd, "known.yaml"), printKnown(findings));
  const waive = (day: string) =>
    findings.map(({ id }) => `  - finding: ${id}\n    reason: agreed\n    expires: ${day}\n`).join("");
  await writeFile(join(cwd, "waived.yaml"), `version: v1\nwaivers:\n${waive("2026-12-31")}`);
  await writeFile(join(cwd, "ended.yaml"), `version: v1\nwaivers:\n${waive("2026-11-21")}`);
  await writeFile(join(cwd, "long.yaml"), `version: v1\nwaivers:\n${waive("2036-11-21")}`);
});

afterAll(() => rm(cwd, { recursive: true }));

const told = async (options: Readonly<Record<string, OptionValue>>, rules?: readonly string[]) => {
  const call = { before: before!, after: after!, options, ...(rules && { rules }) };
  const answer = await ask(writeRequest(call), today, cwd);
  expect(answer.refused).toBeUndefined();
  return answer.told.map(({ rule }) => rule);
};

describe("an option", () => {
  test.each<[Readonly<Record<string, OptionValue>>, readonly string[]]>([
    [{}, []],
    [{ fail_on: "warning" }, ["FIELD_SAME_PRESENCE"]],
    [{ fail_on: "warning", beside: ["FIELD_SAME_CARDINALITY"] }, []],
    [{ fail_on: "warning", beside: ["WIRE"] }, ["FIELD_SAME_PRESENCE"]],
    [{ options: ["shop.v1.note"] }, ["OPTION_SAME"]],
    [{ policy: "policy.yaml" }, ["OPTION_SAME", "FIELD_SAME_PRESENCE"]],
    [{ policy: "policy.yaml", fail_on: "error" }, ["OPTION_SAME"]],
    [{ policy: "policy.yaml", options: ["shop.v1.other"] }, ["FIELD_SAME_PRESENCE"]],
    [{ policy: "except.yaml" }, ["FIELD_SAME_PRESENCE"]],
    [{ policy: "off.yaml" }, []],
    [{ policy: "never.yaml" }, []],
    [{ policy: "policy.yaml", baseline: "known.yaml" }, []],
    [{ policy: "policy.yaml", waivers: "waived.yaml" }, []],
    [{ policy: "policy.yaml", waivers: "ended.yaml" }, ["OPTION_SAME", "FIELD_SAME_PRESENCE"]],
  ])("%j makes it tell of %j", async (options, rules) => {
    expect(await told(options)).toEqual(rules);
  });

  test("unannotated asks lint for a state of everything", async () => {
    const rules = ["LIFECYCLE_UNANNOTATED"];
    expect(await told({ unannotated: "require" }, rules)).not.toEqual([]);
    expect(await told({ unannotated: "infer" }, rules)).toEqual([]);
  });

  test("that is left empty is as if it were not there", async () => {
    expect(await told({ notice: null, fail_on: "warning" })).toEqual(["FIELD_SAME_PRESENCE"]);
  });
});

describe("is refused with its name, what it may be and what is near:", () => {
  test.each<[Readonly<Record<string, OptionValue>>, RegExp]>([
    [
      { notise: "90d" },
      /^options\.notise of buf-plugin-proto4 in buf\.yaml: there is no key "notise" here; did you mean notice\?/,
    ],
    [{ notice: 90 }, /^options\.notice of .*must be a time .* such as 90d.*not 90$/],
    [{ notice: true }, /^options\.notice of .*not true$/],
    [{ notice: ["90d"] }, /^options\.notice of .*not a list$/],
    [{ min_age_deprecated: "-3d" }, /^options\.min_age_deprecated of .*not "-3d"$/],
    [{ min_age: "3d" }, /^options\.min_age of .*there is no key "min_age" here.*There are .*min_age_stable/],
    [{ unannotated: "required" }, /did you mean require\?/],
    [{ fail_on: "never" }, /^options\.fail_on of .*"never" is none of what there is here/],
    [{ beside: "FILE" }, /^options\.beside of .*must be a list: \[one, two\]$/],
    [
      { beside: ["FILES"] },
      /^options\.beside\[0\] of .*"FILES" is no category or rule of buf breaking; did you mean FILE\?$/,
    ],
    [{ beside: ["FILE", "FILE"] }, /^options\.beside\[1\] of .*FILE is listed twice/],
    [{ options: ["(a.b)"] }, /^options\.options\[0\] of .*full name of an option/],
    [{ policy: "/etc/proto4.yaml" }, /^options\.policy of .*path of a file/],
    [{ policy: "none.yaml" }, /^none\.yaml: there is no such file/],
    [{ baseline: "none.yaml" }, /^none\.yaml: there is no such file; proto4 baseline writes one$/],
    [{ waivers: "none.yaml" }, /^none\.yaml: there is no such file; proto4 waive writes one$/],
    [{ waivers: "long.yaml" }, /^long\.yaml:5:14: /],
    [{ policy: "before/shop.proto" }, /^before\/shop\.proto:/],
    [{ __proto__x: "1" }, /there is no key "__proto__x" here/],
    [{ constructor: "1" }, /there is no key "constructor" here/],
  ])("%j", async (options, message) => {
    const { refused, told } = await ask(
      writeRequest({ before: before!, after: after!, options }),
      today,
      cwd,
    );
    expect(told).toEqual([]);
    expect(refused).toMatch(message);
  });
});
