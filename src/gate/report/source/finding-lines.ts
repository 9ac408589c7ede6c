import type { Finding } from "../../../rules/index.js";
import type { ReportContext } from "../report-context.js";
import { type SourceLine, sourceLine } from "./source-line.js";

/** The lines that a finding points at. That before is told only where it says something else than that after. */
export function findingLines(finding: Finding, { sources }: ReportContext) {
  if (sources === undefined) return { after: undefined, was: undefined };
  const after = sourceLine(sources.after(finding), finding.at);
  const was = sourceLine(sources.before(finding), finding.before);
  const isSame = after !== undefined && was !== undefined && textOf(after) === textOf(was);
  return { after, was: isSame ? undefined : was };
}

function textOf({ cells }: SourceLine): string {
  return cells
    .map(({ text }) => text)
    .join("")
    .trim();
}
