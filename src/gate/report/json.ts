import type { ErrorLocation } from "../../diagnostics/index.js";
import type { Finding } from "../../rules/index.js";

/** Findings as programs read them: an object a line, buf's keys first, with buf's names and values. */
export function reportJson(findings: readonly Finding[]): string {
  return findings.map((finding) => `${JSON.stringify(toJson(finding))}\n`).join("");
}

function toJson(finding: Finding) {
  return {
    ...place(finding.at),
    type: finding.rule,
    message: finding.message,
    severity: finding.severity,
    symbol: finding.symbol,
    lifecycle: finding.lifecycle,
    ...(finding.before === undefined ? {} : { before: place(finding.before) }),
    finding: finding.id,
    suggestion: finding.suggestion,
  };
}

/** buf leaves out a path that is not known, and gives a position that is not known as 1:1 to 1:1. */
function place(at: ErrorLocation | undefined) {
  return {
    ...(at === undefined ? {} : { path: at.path }),
    start_line: at?.startLine ?? 1,
    start_column: at?.startColumn ?? 1,
    end_line: at?.endLine ?? 1,
    end_column: at?.endColumn ?? 1,
  };
}
