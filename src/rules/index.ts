export { allRules } from "./all-rules.js";
export { addDays, daysBetween, isDay } from "./days.js";
export { deprecatedRules } from "./deprecated-rules.js";
export type { Finding, FindingBaseline, Waiver, Way } from "./finding.js";
export type { Fix } from "./fix.js";
export { type FixEntry, fixTable } from "./fix-table.js";
export { lazyWay } from "./lazy-way.js";
export { isLawfulRemoval } from "./lifecycle/removal.js";
export { findReplacement } from "./lifecycle/replacement.js";
export { defaultCaps, defaultPolicy, type Policy } from "./policy.js";
export { promiser } from "./promise.js";
export {
  type Audience,
  audiences,
  bufCategories,
  type Category,
  categories,
  type Inspection,
  type Judgement,
  judge,
  type Rule,
  type RuleContext,
} from "./rule.js";
export type { Severity } from "./severity.js";
export { wayOf } from "./ways.js";
