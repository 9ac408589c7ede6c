import { createHash } from "node:crypto";
import type { ErrorLocation } from "../../diagnostics/index.js";
import type { Finding, Severity } from "../../rules/index.js";
import { goJson } from "./annotation.js";
import { type FindingGroup, groupBaselines, messageOf } from "./group-baselines.js";
import type { ReportContext } from "./report-context.js";

/**
 * A report for GitLab's merge requests, with all that GitLab asks for: buf leaves out a file and a line that it does
 * not know, for which GitLab leaves out the whole issue. Those that are waived are left out.
 * @see https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
export function reportGitlab(findings: readonly Finding[], context: ReportContext = {}): string {
  const open = findings.filter(({ waiver }) => waiver === undefined);
  return `${goJson(groupBaselines(open).map((group) => toIssue(group, context)))}\n`;
}

function toIssue(group: FindingGroup, { fromRoot = (path) => path, input = "." }: ReportContext) {
  const { rule, severity, at, before } = group.finding;
  return {
    description: messageOf(group),
    check_name: rule,
    fingerprint: fingerprintOf(group),
    severity: severities[severity],
    location: { path: fromRoot((at ?? before)?.path ?? input), positions: positionsOf(at) },
  };
}

/** What was found before is known again by it, wherever the lines went. */
function fingerprintOf(group: FindingGroup): string {
  return createHash("sha256")
    .update(`${group.finding.id}\0${messageOf(group)}`)
    .digest("hex");
}

function positionsOf(at: ErrorLocation | undefined) {
  const { startLine = 1, startColumn = 1, endLine = startLine, endColumn = startColumn } = at ?? {};
  return {
    begin: { line: startLine, column: startColumn },
    end: { line: endLine, column: endColumn },
  };
}

const severities: Readonly<Record<Severity, string>> = { error: "major", warning: "minor", info: "info" };
