import type { Finding, Severity } from "../rules/index.js";

/**
 * `2 errors, 1 info`. What somebody accepted does not count. What is found against several baselines counts once, by the worst that is said of it.
 * @returns an empty text where there is nothing to count
 */
export function countFindings(findings: readonly Finding[]): string {
  const found = distinct(findings.filter(({ waiver }) => waiver === undefined));
  return severities
    .map((severity) => [found.filter((each) => each === severity).length, severity] as const)
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}${severity === "info" || count === 1 ? "" : "s"}`)
    .join(", ");
}

const severities: readonly Severity[] = ["error", "warning", "info"];

/** A severity a finding: those that name a baseline are told apart by their id, the others are what they are. */
function distinct(findings: readonly Finding[]): readonly Severity[] {
  const single = findings.filter(({ baseline }) => baseline === undefined);
  const worst = new Map<string, Severity>();
  for (const { id, severity, baseline } of findings) {
    if (baseline === undefined) continue;
    const known = worst.get(id);
    if (known === undefined || severities.indexOf(severity) < severities.indexOf(known))
      worst.set(id, severity);
  }
  return [...single.map(({ severity }) => severity), ...worst.values()];
}
