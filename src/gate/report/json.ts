import type { Finding } from "../../rules/index.js";
import { toAnnotation } from "./annotation.js";
import { bufKeys } from "./buf-json.js";

/** Findings as programs read them: an object a line, buf's keys first, with buf's names and values. */
export function reportJson(findings: readonly Finding[]): string {
  return findings.map((finding) => `${JSON.stringify(toJson(finding))}\n`).join("");
}

function toJson(finding: Finding) {
  return {
    ...bufKeys(toAnnotation(finding)),
    severity: finding.severity,
    symbol: finding.symbol,
    lifecycle: finding.lifecycle,
    ...(finding.before === undefined ? {} : { before: placeBefore(finding) }),
    finding: finding.id,
    breaks: finding.breaks,
    suggestion: finding.suggestion,
    ...(finding.baseline && { baseline: finding.baseline.name, direction: finding.baseline.direction }),
  };
}

function placeBefore(finding: Finding) {
  const { type: _, message: __, ...place } = bufKeys(toAnnotation({ ...finding, at: finding.before }));
  return place;
}
