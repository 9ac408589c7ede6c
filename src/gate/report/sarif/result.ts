import type { Finding, Severity, Waiver } from "../../../rules/index.js";
import { type FindingGroup, messageOf } from "../group-baselines.js";
import type { ReportContext } from "../report-context.js";
import type { fixTeller } from "./fixes.js";
import { artifactAt, placeAfter, placeBefore } from "./places.js";

/** What SARIF calls severities. */
export const levels: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "note",
};

/** One finding, which may be of several baselines. */
export function toResult(
  group: FindingGroup,
  ruleIndex: number,
  context: ReportContext,
  tellFixes: ReturnType<typeof fixTeller>,
) {
  const { finding, baselines } = group;
  const { id, rule, severity, symbol, lifecycle, breaks, waiver } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: textOf(group) },
    locations: [locationOf(finding, context)],
    relatedLocations: relatedOf(finding, context),
    partialFingerprints: { "proto4FindingId/v1": id },
    // Either all results of a run say whether they are suppressed, or none does.
    suppressions: waiver === undefined ? [] : [toSuppression(waiver)],
    ...tellFixes(finding),
    properties: { symbol, lifecycle, breaks, ...(baselines.length === 0 ? {} : { baselines }) },
  };
}

/** The verdict, and below it the way out. Brackets before parentheses would be a link, unless marked. */
function textOf(group: FindingGroup): string {
  const { suggestion } = group.finding;
  const lines = suggestion.map((line) => `\n  ${line}`).join("");
  const text = suggestion.length === 0 ? messageOf(group) : `${messageOf(group)}\ndo this:${lines}`;
  return text.replace(/\[(?=[^\]]*\]\()/g, "\\[");
}

/** What has left altogether is where it was, a package in what is judged: code scanning takes nothing without a place. */
function locationOf(finding: Finding, context: ReportContext) {
  const logicalLocations = [{ fullyQualifiedName: finding.symbol }];
  const { input = ".", fromRoot } = context;
  const whole = { artifactLocation: artifactAt(input, fromRoot), region: { startLine: 1 } };
  const place = placeAfter(finding, context) ?? placeBefore(finding, context) ?? whole;
  return { physicalLocation: place, logicalLocations };
}

function relatedOf(finding: Finding, context: ReportContext) {
  const places = [
    { text: "after", physicalLocation: placeAfter(finding, context) },
    { text: "before", physicalLocation: placeBefore(finding, context) },
  ];
  return places
    .filter(({ physicalLocation }) => physicalLocation !== undefined)
    .map(({ text, physicalLocation }, index) => ({ id: index + 1, physicalLocation, message: { text } }));
}

/** Somebody accepted it, in a file of its own: which SARIF calls external. */
function toSuppression({ reason, owner, expires }: Waiver) {
  return {
    kind: "external",
    status: "accepted",
    justification: reason,
    properties: { ...(owner === undefined ? {} : { owner }), expires },
  };
}
