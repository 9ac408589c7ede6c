import type { Finding } from "../../rules/index.js";
import { githubCommands } from "./github-actions.js";
import { type FindingGroup, groupBaselines, messageOf } from "./group-baselines.js";
import type { ReportContext } from "./report-context.js";

/**
 * Commands that make GitHub show findings beside the code, under the rule's name and with the way out. Files are those
 * of the repository, wherever in it one stands. Those that are waived are left out.
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function reportGithub(findings: readonly Finding[], context: ReportContext = {}): string {
  const open = findings.filter(({ waiver }) => waiver === undefined);
  return groupBaselines(open)
    .map((group) => `${toCommand(group, context)}\n`)
    .join("");
}

function toCommand(group: FindingGroup, context: ReportContext): string {
  const { severity, suggestion } = group.finding;
  const properties = propertiesOf(group, context).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  const lines = [messageOf(group), ...(suggestion.length === 0 ? [] : ["do this:", ...suggestion])];
  return `::${githubCommands[severity]} ${properties.join(",")}::${escapeData(lines.join("\n"))}`;
}

function propertiesOf({ finding }: FindingGroup, { fromRoot = (path) => path }: ReportContext) {
  const { at, rule } = finding;
  return Object.entries({
    file: at && fromRoot(at.path),
    line: at?.startLine,
    col: at?.startColumn,
    endLine: at?.endLine,
    endColumn: at?.endColumn,
    title: rule,
  }).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)] as const]));
}

/** A line break would begin another command. */
function escapeData(text: string): string {
  return text.replace(/[%\r\n]/g, (sign) => escapes[sign] ?? sign);
}

function escapeProperty(text: string): string {
  return text.replace(/[%\r\n:,]/g, (sign) => escapes[sign] ?? sign);
}

const escapes: Readonly<Record<string, string>> = {
  "%": "%25",
  "\r": "%0D",
  "\n": "%0A",
  ":": "%3A",
  ",": "%2C",
};
