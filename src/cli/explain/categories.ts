import { allRules, type Category, categories, type Rule } from "../../rules/index.js";

/** What each category holds together, and when it is asked. */
export const categoryPurposes: Readonly<Record<Category, string>> = {
  FILE: "Generated code still compiles, file by file. The strictest of buf's categories, and what is asked where nothing is configured.",
  PACKAGE:
    "Generated code still compiles, package by package: to move something into another file of its package is no change.",
  WIRE_JSON: "Messages are still read, in binary and in JSON; names in generated code may change.",
  WIRE: "Messages are still read in binary; names may change, in JSON too.",
  CSR: "What buf holds for good practice under Confluent's schema registry. CONFLUENT tells what that would refuse.",
  LIFECYCLE:
    "Promises are kept: states, the moves between them, sunsets, and what may leave. Asked beside every other category, unless except names it.",
  STRICT:
    "What buf does not see: numbers used again, narrowed types, presence, options. Asked beside buf's categories, unless except names it.",
  WIRE_PRECISE:
    "A finding exactly where a value that one side writes is read by the other as another one, not at all, or refused. Asked by name, in place of WIRE.",
  CONFLUENT:
    "What Confluent's schema registry refuses of a protobuf subject. Asked by name, for messages that travel on topics.",
};

export function rulesOf(category: Category): readonly Rule[] {
  return allRules.filter((rule) => rule.categories.includes(category));
}

/** Rules by the first of their categories, so that each is there once. */
export function rulesByCategory(): readonly (readonly [category: Category, own: readonly Rule[]])[] {
  const firstOf = (rule: Rule) => categories.find((category) => rule.categories.includes(category));
  return categories.map((category) => [category, allRules.filter((rule) => firstOf(rule) === category)]);
}
