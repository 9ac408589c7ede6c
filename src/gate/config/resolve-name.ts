import { allRules, bufCategories, categories, type Rule } from "../../rules/index.js";
import type { ConfigVersion } from "./breaking-config.js";
import { maybeMeant } from "./nearest.js";
import { categoriesIn, successorsIn } from "./rule-versions.js";

/** Whose names count: buf's alone, as under `--like-buf`, or proto4's own besides. */
export type Vocabulary = "buf" | "proto4";

/**
 * The rules that a name stands for: those of a category, one by its id, or what took over from a deprecated one.
 * @returns `undefined` where the version, or the vocabulary, has no such name
 */
export function resolveName(
  name: string,
  version: ConfigVersion,
  vocabulary: Vocabulary,
): readonly Rule[] | undefined {
  const rules = rulesIn(version, vocabulary);
  const successors = successorsIn(version, name);
  if (successors !== undefined) return rules.filter(({ id }) => successors.includes(id));
  const isCategory = categoriesFor(vocabulary).some((category) => category === name);
  const named = rules.filter(
    (rule) =>
      rule.id === name || (isCategory && categoriesIn(version, rule).some((category) => category === name)),
  );
  return named.length === 0 ? undefined : named;
}

/** The names that a version has: those of categories that hold a rule, and the ids of rules in order. */
export function namesIn(
  version: ConfigVersion,
  vocabulary: Vocabulary,
): { readonly categories: readonly string[]; readonly ids: readonly string[] } {
  return {
    categories: categoriesFor(vocabulary).filter(
      (category) => resolveName(category, version, vocabulary) !== undefined,
    ),
    ids: rulesIn(version, vocabulary)
      .map(({ id }) => id)
      .toSorted(),
  };
}

/**
 * The sentence for a name that leads nowhere, with the one that may be meant, and where all of them are told.
 * @param where what was looked through
 */
export function unknownName(
  name: string,
  version: ConfigVersion,
  vocabulary: Vocabulary,
  where = `${version} of buf.yaml`,
): string {
  const there = namesIn(version, vocabulary);
  const nearest = maybeMeant(name, [...there.categories, ...there.ids]);
  const isOurs = vocabulary === "buf" && resolveName(name, version, "proto4") !== undefined;
  const what = isOurs
    ? `"${name}" is proto4's own, which --like-buf does not know; leave one of them out`
    : `there is no category or rule "${name.slice(0, 100)}" in ${where}` +
      (nearest === undefined ? "" : `; did you mean ${nearest}?`);
  const rules = vocabulary === "buf" ? "buf config ls-breaking-rules" : "proto4 explain";
  return `${what}${what.endsWith("?") ? "" : "."} There are the categories ${there.categories.join(", ")}; "${rules}" lists the rules`;
}

function rulesIn(version: ConfigVersion, vocabulary: Vocabulary): readonly Rule[] {
  const known: readonly string[] = categoriesFor(vocabulary);
  return allRules.filter((rule) => categoriesIn(version, rule).some((category) => known.includes(category)));
}

function categoriesFor(vocabulary: Vocabulary) {
  return vocabulary === "buf" ? bufCategories : categories;
}
