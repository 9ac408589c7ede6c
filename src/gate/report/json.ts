import type { Finding } from "../../rules/index.js";
import { toAnnotation } from "./annotation.js";
import { bufKeys } from "./buf-json.js";

/**
 * Findings as programs read them: an object a line, buf's keys first, with buf's names and values. `findingsSchema` says
 * what a line holds.
 */
export function reportJson(findings: readonly Finding[]): string {
  return findings.map((finding) => `${JSON.stringify(toJson(finding))}\n`).join("");
}

function toJson(finding: Finding) {
  const { severity, symbol, lifecycle, id, breaks, suggestion, way, waiver, baseline } = finding;
  return {
    ...bufKeys(toAnnotation(finding)),
    severity,
    symbol,
    lifecycle,
    ...(finding.before === undefined ? {} : { before: placeBefore(finding) }),
    finding: id,
    breaks,
    suggestion,
    // Nothing stands for what takes an option away, which JSON has another word for.
    fixes: way.fixes.map((fix) => (fix.kind === "option" ? { ...fix, value: fix.value ?? null } : fix)),
    ...(waiver && { waiver: { reason: waiver.reason, owner: waiver.owner, expires: waiver.expires } }),
    ...(baseline && { baseline: baseline.name, direction: baseline.direction }),
  };
}

function placeBefore(finding: Finding) {
  const { type: _, message: __, ...place } = bufKeys(toAnnotation({ ...finding, at: finding.before }));
  return place;
}
