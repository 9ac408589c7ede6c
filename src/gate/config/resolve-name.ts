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

/** The sentence for a name that leads nowhere, with what there is, nearest first. */
export function unknownName(name: string, version: ConfigVersion): string {
  const there = allRules.filter((rule) => categoriesIn(version, rule).length > 0);
  const used = categories.filter((category) => resolveName(category, version) !== undefined);
  const ids = there.map(({ id }) => id).toSorted();
  const [nearest] = nearestFirst(name, [...used, ...ids]);
  return (
    `there is no category or rule "${name}" in ${version} of buf.yaml; did you mean ${nearest}? ` +
    `There are the categories ${nearestFirst(name, used).join(", ")} ` +
    `and the rules ${nearestFirst(name, ids).join(", ")}`
  );
}
