import { type Category, deprecatedRules, type Rule } from "../../rules/index.js";
import type { ConfigVersion } from "./breaking-config.js";

/**
 * The categories that a rule has in a version of buf.yaml.
 * @returns none where the version lacks the rule
 * @see `buf config ls-breaking-rules --version v1beta1`
 */
export function categoriesIn(version: ConfigVersion, rule: Rule): readonly Category[] {
  if (version === "v2") return rule.categories;
  if (newInV2.has(rule.id)) return [];
  if (version === "v1beta1" && newInV1.has(rule.id)) return [];
  const own = version === "v1beta1" ? inV1beta1[rule.id] : undefined;
  return own ?? rule.categories.filter((category) => category !== "CSR");
}

/**
 * The rules that took over from a deprecated one.
 * @returns `undefined` for an id that the version never had
 */
export function successorsIn(version: ConfigVersion, id: string): readonly string[] | undefined {
  if (version === "v2" && id !== "MESSAGE_SAME_MESSAGE_SET_WIRE_FORMAT") return undefined;
  return Object.hasOwn(deprecatedRules, id) ? deprecatedRules[id] : undefined;
}

const newInV2: ReadonlySet<string> = new Set([
  "EXTENSION_NO_DELETE",
  "FIELD_SAME_DEFAULT",
  "PACKAGE_EXTENSION_NO_DELETE",
]);

const newInV1: ReadonlySet<string> = new Set([
  "FIELD_WIRE_COMPATIBLE_TYPE",
  "FIELD_WIRE_JSON_COMPATIBLE_TYPE",
]);

const inV1beta1: Readonly<Record<string, readonly Category[]>> = {
  FIELD_SAME_CARDINALITY: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE"],
  FIELD_SAME_TYPE: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE"],
  FILE_SAME_PACKAGE: ["FILE"],
};
