import { Proto4Error } from "../../diagnostics/index.js";
import { allRules, type Category, type Rule } from "../../rules/index.js";
import type { BreakingConfig } from "./breaking-config.js";
import { resolveName, unknownName, type Vocabulary } from "./resolve-name.js";

/**
 * The rules to ask. proto4's own are among them unless they are excepted or `ownRules` is false.
 * @throws Proto4Error "usage" for a name that does not exist, and when no rule is left
 */
export function selectRules(config: BreakingConfig, ownRules: boolean): readonly Rule[] {
  const { use = [], except = [], disabled = false, disableBuiltin = false } = config;
  if (disabled || (disableBuiltin && !ownRules)) return [];
  const named = (names: readonly string[]) => namedRules(names, config, ownRules ? "proto4" : "buf");
  const used = disableBuiltin ? new Set<Rule>() : named(use.length === 0 ? ["FILE"] : use);
  const excepted = named(except);
  const beside = ownRules ? alwaysAsked(use) : [];
  const isAsked = (rule: Rule) =>
    isOwn(rule) ? used.has(rule) || beside.some((name) => rule.categories.includes(name)) : used.has(rule);
  const chosen = allRules.filter((rule) => isAsked(rule) && !excepted.has(rule));
  const ids = new Set(chosen.map(({ id }) => id));
  const asked = chosen.filter((rule) => !rule.saidBy?.some((id) => ids.has(id)));
  if (asked.length === 0)
    throw new Proto4Error("usage", `no rule is left of ${use.join(", ")} without ${except.join(", ")}`);
  return asked;
}

/** What is asked whatever is named: but a notion of compatible that is exact has no room for what buf does not see. */
function alwaysAsked(use: readonly string[]): readonly Category[] {
  const isExact = use.length > 0 && use.every((name) => name === "WIRE_PRECISE" || name === "CONFLUENT");
  return isExact ? ["LIFECYCLE"] : ["LIFECYCLE", "STRICT"];
}

/** By the id of a rule, the files and folders in which it is not asked. */
export function ignoredByRule(
  config: BreakingConfig,
  vocabulary: Vocabulary,
): ReadonlyMap<string, ReadonlySet<string>> {
  const ignored = new Map<string, Set<string>>();
  for (const [name, paths] of Object.entries(config.ignoreOnly ?? {}))
    for (const { id } of namedRules([name], config, vocabulary))
      ignored.set(id, new Set([...(ignored.get(id) ?? []), ...paths]));
  return ignored;
}

/** Whether a rule is one that proto4 asks besides those of buf.yaml. */
export function isOwn(rule: Rule): boolean {
  return rule.categories.includes("LIFECYCLE") || rule.categories.includes("STRICT");
}

function namedRules(
  names: readonly string[],
  { version = "v2" }: BreakingConfig,
  vocabulary: Vocabulary,
): ReadonlySet<Rule> {
  return new Set(
    names.flatMap((name) => {
      const rules = resolveName(name, version, vocabulary);
      if (rules === undefined) throw new Proto4Error("usage", unknownName(name, version, vocabulary));
      return rules;
    }),
  );
}
