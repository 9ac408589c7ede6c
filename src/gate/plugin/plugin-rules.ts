import { allRules, bufCategories, type Rule } from "../../rules/index.js";

/** A rule as buf lists it: its type says whether it compares two versions, or looks at one. */
export interface PluginRule {
  readonly id: string;
  readonly categories: readonly string[];
  readonly isDefault: boolean;
  readonly purpose: string;
  readonly type: "lint" | "breaking";
}

/**
 * Names of categories are one's own: buf refuses a plug-in that says FILE. The ids of rules stay what they are for
 * `proto4 check`, so that a configuration, a waiver or a page of a rule means the same here and there.
 */
export const pluginCategories: readonly { readonly id: string; readonly purpose: string }[] = [
  { id: "PROTO4_LIFECYCLE", purpose: "Checks that what lifecycles promise is kept." },
  { id: "PROTO4_STRICT", purpose: "Checks for changes that break somebody and that buf does not see." },
  { id: "PROTO4_WIRE_PRECISE", purpose: "Checks exactly whether what one side writes the other one reads." },
  { id: "PROTO4_CONFLUENT", purpose: "Checks what a Confluent schema registry would refuse." },
];

/** Under which proto4 tells why it could not judge: every answer must name a rule that was listed. */
export const failureRule: PluginRule = {
  id: "PROTO4_FAILED",
  categories: [],
  isDefault: true,
  purpose: "Tells that proto4 could not judge, and why.",
  type: "breaking",
};

/**
 * Rules that have nothing to say without the versions before the one before, which buf hands to nobody: to list them
 * would promise what they cannot keep here.
 */
const needHistory: readonly string[] = ["LIFECYCLE_TOMBSTONE"];

/** proto4's own rules, each under its own id: what buf has rules for, buf asks itself. */
export const pluginRules: readonly PluginRule[] = [
  ...allRules.filter(isProto4Own).map(toPluginRule),
  failureRule,
];

function isProto4Own({ id, categories }: Rule): boolean {
  return (
    !needHistory.includes(id) && !categories.some((category) => bufCategories.some((own) => own === category))
  );
}

function toPluginRule({ id, categories, purpose, inspect }: Rule): PluginRule {
  return {
    id,
    categories: categories.map((category) => `PROTO4_${category}`),
    isDefault: categories.includes("LIFECYCLE") || categories.includes("STRICT"),
    purpose,
    type: inspect === undefined ? "breaking" : "lint",
  };
}
