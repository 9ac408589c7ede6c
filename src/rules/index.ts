export type { Finding } from "./finding.js";
export type { Category, Judgement, Rule, RuleContext, Severity } from "./rule.js";
