import type { Finding, FindingBaseline } from "../../rules/index.js";
import { toAnnotation } from "./annotation.js";

/** What is said of one place, and the baselines against which it is. */
export interface FindingGroup {
  /** The first that says it. */
  readonly finding: Finding;
  /** None where it goes without saying. */
  readonly baselines: readonly string[];
}

/**
 * For formats that tell of a place once: what is found there against several baselines is one, in the place of the
 * first. What is waived against one of them, is one by itself.
 */
export function groupBaselines(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string | Finding, { finding: Finding; baselines: string[] }>();
  for (const finding of findings) {
    const { baseline, waiver } = finding;
    // Without a baseline, findings that look the same are several nevertheless.
    const key = baseline && JSON.stringify([toAnnotation(finding), baseline.direction, waiver]);
    const group = groups.get(key ?? finding) ?? { finding, baselines: [] };
    groups.set(key ?? finding, group);
    if (baseline !== undefined) group.baselines.push(baseline.name);
  }
  return [...groups.values()];
}

/** `… (against v1.2.0, v1.1.0)` */
export function messageOf({ finding: { message, baseline }, baselines }: FindingGroup): string {
  return baseline === undefined
    ? message
    : `${message} (${againstWhat(baseline.direction)} ${baselines.join(", ")})`;
}

function againstWhat(direction: FindingBaseline["direction"]): string {
  return direction === "forward" ? "forward against" : "against";
}
