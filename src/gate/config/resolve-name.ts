import { allRules, categories, type Rule } from "../../rules/index.js";
import type { ConfigVersion } from "./breaking-config.js";
import { nearestFirst } from "./nearest.js";
import { categoriesIn, successorsIn } from "./rule-versions.js";

/**
 * The rules that a name stands for: those of a category, one by its id, or what took over from a deprecated one.
 * @returns `undefined` where the version has no such name
 */
export function resolveName(name: string, version: ConfigVersion): readonly Rule[] | undefined {
  const successors = successorsIn(version, name);
  if (successors !== undefined) return allRules.filter(({ id }) => successors.includes(id));
  const named = allRules.filter(
    (rule) =>
      categoriesIn(version, rule).some((category) => category === name) ||
      (rule.id === name && categoriesIn(version, rule).length > 0),
  );
  return named.length === 0 ? undefined : named;
}

/** The names that a version has: those of categories that hold a rule, and the ids of rules in order. */
export function namesIn(version: ConfigVersion): { categories: readonly string[]; ids: readonly string[] } {
  const there = allRules.filter((rule) => categoriesIn(version, rule).length > 0);
  return {
    categories: categories.filter((category) => resolveName(category, version) !== undefined),
    ids: there.map(({ id }) => id).toSorted(),
  };
}

/**
 * The sentence for a name that leads nowhere, with what there is, nearest first.
 * @param where what was looked through
 */
export function unknownName(name: string, version: ConfigVersion, where = `${version} of buf.yaml`): string {
  const there = namesIn(version);
  const [nearest] = nearestFirst(name, [...there.categories, ...there.ids]);
  return (
    `there is no category or rule "${name}" in ${where}; did you mean ${nearest}? ` +
    `There are the categories ${nearestFirst(name, there.categories).join(", ")} ` +
    `and the rules ${nearestFirst(name, there.ids).join(", ")}`
  );
}
