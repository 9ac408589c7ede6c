import { oneLine } from "../../diagnostics/index.js";
import type { Finding, FindingBaseline } from "../../rules/index.js";
import { countFindings } from "../count-findings.js";
import { painter } from "./paint.js";
import type { ReportContext } from "./report-context.js";
import { reportFinding } from "./text-finding.js";
import { wrap } from "./wrap.js";

/**
 * Findings as people read them: the place with its source, the verdict, the reason, the way out. A trailing newline if
 * any. Those of several baselines stand under a heading each; those that are waived are left out.
 */
export function reportText(findings: readonly Finding[], context: ReportContext = {}): string {
  const open = findings.filter(({ waiver }) => waiver === undefined);
  // A reader who is told of thousands looks no longer at each; nor do we, into as many files.
  const isShown = new Set(context.sources === undefined ? [] : open.slice(0, SNIPPETS));
  const toLines = (finding: Finding) =>
    reportFinding(finding, isShown.has(finding) ? context : { ...context, sources: undefined });
  const text = byBaseline(open)
    .map((group) => [...heading(group, context), ...group.flatMap(toLines), ""].join("\n"))
    .join("\n");
  return isShown.size === open.length || isShown.size === 0
    ? text
    : `${text}the source is shown of the first ${SNIPPETS} findings only\n`;
}

const SNIPPETS = 100;

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

function heading(group: readonly Finding[], { width, color = false }: ReportContext): readonly string[] {
  const baseline = group[0]?.baseline;
  if (baseline === undefined) return [];
  const text = `against ${oneLine(describeBaseline(baseline))}: ${countFindings(group)}`;
  return wrap([{ style: "place", text }], { width, indent: 2 }, painter(color));
}

/** `v1.2.0 (backward)` */
function describeBaseline({ name, direction }: FindingBaseline): string {
  return `${name} (${direction})`;
}
