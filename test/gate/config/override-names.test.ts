import { expect, test } from "vitest";
import { type BreakingConfig, configVersions } from "../../../src/gate/config/breaking-config.js";
import { overrideNames } from "../../../src/gate/config/override-names.js";
import { parseYaml } from "../../../src/gate/config/parse-yaml.js";
import { readPolicy } from "../../../src/gate/config/read-policy.js";
import { ignoredByRule, selectRules } from "../../../src/gate/config/select-rules.js";
import { bufCategories } from "../../../src/rules/index.js";

const override = (config: BreakingConfig, yaml: string) =>
  overrideNames(config, readPolicy(parseYaml(`version: v1\n${yaml}`, "proto4.yaml")));
/** Of the rules that are asked, buf's. */
const ids = (config: BreakingConfig) =>
  selectRules(config, true)
    .filter(({ categories }) => bufCategories.some((category) => categories.includes(category)))
    .map(({ id }) => id);

test("a policy that names no rules leaves a configuration as it is", () => {
  const config = { version: "v1", use: ["WIRE"] } as const;
  expect(override(config, "fail_on: info")).toBe(config);
  expect(overrideNames(config, undefined)).toBe(config);
});

test.each(configVersions)("names of a proto4.yaml mean v2's beside a buf.yaml of %s", (version) => {
  expect(ids(override({ version, use: ["WIRE"] }, "use: [CSR, FIELD_SAME_DEFAULT]"))).toEqual(
    ids({ version: "v2", use: ["CSR", "FIELD_SAME_DEFAULT"] }),
  );
});

test.each(configVersions)("what a buf.yaml of %s says besides keeps its meaning", (version) => {
  const except = "except: [LIFECYCLE_MOVE]";
  for (const config of [{}, { use: ["WIRE", "FIELD_SAME_TYPE"] }, { disableBuiltin: true }])
    expect(ids(override({ version, ...config }, except))).toEqual(ids({ version, ...config }));
  expect(ids(override({ version, except: ["WIRE"] }, "use: [FILE]"))).toEqual(
    ids({ version: "v2" }).filter((id) => !ids({ version, use: ["WIRE"] }).includes(id)),
  );
  const ignoreOnly = { WIRE: ["a"], FIELD_SAME_TYPE: ["b"], RPC_NO_DELETE: ["c"] };
  expect(ignoredByRule(override({ version, ignoreOnly }, except), "proto4")).toEqual(
    ignoredByRule({ version, ignoreOnly }, "proto4"),
  );
});

test("deprecated names of an elder buf.yaml go on, and those that mean nothing ask nothing", () => {
  const except = "except: [LIFECYCLE_MOVE]";
  expect(ids(override({ version: "v1", use: ["FIELD_SAME_LABEL"] }, except))).toEqual([
    "FIELD_SAME_CARDINALITY",
    "FIELD_WIRE_COMPATIBLE_CARDINALITY",
    "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY",
  ]);
  expect(ids(override({ version: "v1", use: ["FILE_SAME_PHP_GENERIC_SERVICES"] }, except))).toEqual([]);
});

test("use goes before disable_builtin, except does not", () => {
  const config = { disableBuiltin: true };
  expect(ids(override(config, "use: [FIELD_SAME_TYPE]"))).toEqual(["FIELD_SAME_TYPE"]);
  expect(ids(override(config, "except: [FIELD_SAME_TYPE]"))).toEqual([]);
});
