import { formatLocation } from "../../diagnostics/index.js";
import { audiences, type Finding, type FindingBaseline } from "../../rules/index.js";
import { countFindings } from "../count-findings.js";

/**
 * Findings as people read them: the place, the verdict, the reason, the way out. A trailing newline if any. Those of
 * several baselines stand under a heading each.
 */
export function reportText(findings: readonly Finding[]): string {
  return byBaseline(findings)
    .map((group) => [...heading(group), ...group.flatMap(reportOne), ""].join("\n"))
    .join("\n");
}

function byBaseline(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = finding.baseline === undefined ? "" : describeBaseline(finding.baseline);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function heading(group: readonly Finding[]): readonly string[] {
  const baseline = group[0]?.baseline;
  return baseline === undefined ? [] : [`against ${describeBaseline(baseline)}: ${countFindings(group)}`];
}

/** `v1.2.0 (backward)` */
function describeBaseline({ name, direction }: FindingBaseline): string {
  return `${name} (${direction})`;
}

function reportOne({ at, before, severity, rule, message, breaks, suggestion }: Finding): readonly string[] {
  const place = at ?? before;
  const head = place === undefined ? "" : `${formatLocation(place)}: `;
  return [
    `${head}${severity} ${rule}  ${message}`,
    ...(before === undefined ? [] : [`  was      ${formatLocation(before)}`]),
    ...(breaks.length === 0 ? [] : [`  breaks   ${breaks.map((who) => audiences[who]).join(", ")}`]),
    ...suggestion.map((line, index) => `  ${index === 0 ? "do this" : "       "}  ${line}`),
  ];
}
