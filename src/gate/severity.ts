import { defaultCaps, type Judgement, type Policy, type Rule, type Severity } from "../rules/index.js";
import type { Lifecycle } from "../schema/index.js";

/**
 * How severe a finding is: as the policy says of the rule; else as the judgement says that no state excuses; else as
 * the rule says, but not more than its state allows. The state before decides, so that relabelling in the same change
 * excuses nothing.
 * @param lawful whether it is about something that went the long way round
 */
export function decideSeverity(
  rule: Rule,
  judgement: Judgement,
  state: Lifecycle,
  lawful: boolean,
  { severity }: Policy,
): Severity | "off" {
  if (lawful && judgement.severity === undefined) return severity[rule.id] === "off" ? "off" : "info";
  const asked = severity[rule.id] ?? judgement.severity;
  if (asked !== undefined) return asked;
  const grave = lesser(rule.severity, judgement.atMost ?? "error");
  return lesser(grave, severity[state] ?? defaultCaps[state] ?? "error");
}

function lesser(a: Severity | "off", b: Severity | "off"): Severity | "off" {
  return order.indexOf(a) < order.indexOf(b) ? a : b;
}

const order: readonly (Severity | "off")[] = ["off", "info", "warning", "error"];
