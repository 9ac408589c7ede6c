import { Proto4Error } from "../../diagnostics/index.js";
import { allRules, bufCategories, type Rule } from "../../rules/index.js";
import type { BreakingConfig } from "./breaking-config.js";
import { resolveName, unknownName } from "./resolve-name.js";

/**
 * The rules to ask. proto4's own are among them unless they are excepted or `ownRules` is false.
 * @throws Proto4Error "usage" for a name that does not exist, and when no rule is left
 */
export function selectRules(config: BreakingConfig, ownRules: boolean): readonly Rule[] {
  const { use = [], except = [], disabled = false, disableBuiltin = false } = config;
  if (disabled || (disableBuiltin && !ownRules)) return [];
  const used = disableBuiltin ? new Set<Rule>() : namedRules(use.length === 0 ? ["FILE"] : use, config);
  const excepted = namedRules(except, config);
  const named = allRules.filter((rule) => (isOwn(rule) ? ownRules : used.has(rule)) && !excepted.has(rule));
  const ids = new Set(named.map(({ id }) => id));
  const asked = named.filter((rule) => (ownRules || isBufs(rule)) && !rule.saidBy?.some((id) => ids.has(id)));
  if (asked.length === 0)
    throw new Proto4Error("usage", `no rule is left of ${use.join(", ")} without ${except.join(", ")}`);
  return asked;
}

/** By the id of a rule, the files and folders in which it is not asked. */
export function ignoredByRule(config: BreakingConfig): ReadonlyMap<string, ReadonlySet<string>> {
  const ignored = new Map<string, Set<string>>();
  for (const [name, paths] of Object.entries(config.ignoreOnly ?? {}))
    for (const { id } of namedRules([name], config))
      ignored.set(id, new Set([...(ignored.get(id) ?? []), ...paths]));
  return ignored;
}

/** Whether a rule is one that proto4 asks besides those of buf.yaml. */
export function isOwn(rule: Rule): boolean {
  return rule.categories.includes("LIFECYCLE") || rule.categories.includes("STRICT");
}

function isBufs({ categories }: Rule): boolean {
  return bufCategories.some((category) => categories.includes(category));
}

function namedRules(names: readonly string[], { version = "v2" }: BreakingConfig): ReadonlySet<Rule> {
  return new Set(
    names.flatMap((name) => {
      const rules = resolveName(name, version);
      if (rules === undefined) throw new Proto4Error("usage", unknownName(name, version));
      return rules;
    }),
  );
}
