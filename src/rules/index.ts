export { allRules } from "./all-rules.js";
export { deprecatedRules } from "./deprecated-rules.js";
export type { Finding } from "./finding.js";
export { isLawfulRemoval } from "./lifecycle-removal.js";
export { promiser } from "./promise.js";
export {
  type Category,
  categories,
  type Judgement,
  judge,
  type Rule,
  type RuleContext,
  type Severity,
} from "./rule.js";
