import { formatLocation } from "../../diagnostics/index.js";
import { audiences, type Finding } from "../../rules/index.js";

/** Findings as people read them: the place, the verdict, the reason, the way out. A trailing newline if any. */
export function reportText(findings: readonly Finding[]): string {
  return findings.map((finding) => `${reportOne(finding).join("\n")}\n`).join("");
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
