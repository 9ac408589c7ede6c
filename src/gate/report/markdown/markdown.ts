import type { Finding } from "../../../rules/index.js";
import { countFindings } from "../../count-findings.js";
import { type FindingGroup, groupBaselines } from "../group-baselines.js";
import type { ReportContext } from "../report-context.js";
import { type Block, chooseBlocks, type Draft } from "./choose-blocks.js";
import { escapeHtml, escapeMarkdown } from "./escape.js";
import { findingMarkdown } from "./finding.js";
import { fileTable, pathOf, waivedTable } from "./tables.js";

/**
 * Findings as a comment on a pull request: how many there are, a table by file, and each in a part that can be
 * unfolded. Longer than GitHub takes it never is: what is less grave is left out first, and how many are is told.
 */
export function reportMarkdown(findings: readonly Finding[], context: ReportContext = {}): string {
  const { title = "proto4", share = 1 } = context;
  const groups = groupBaselines(findings);
  const open = groups.filter(({ finding }) => finding.waiver === undefined);
  const room = LIMIT / share;
  const head = [
    `### ${escapeMarkdown(title)}: ${countFindings(findings) || "no findings"}`,
    ...fileTable(open, room / 4),
  ];
  const tail = waivedTable(
    groups.filter(({ finding }) => finding.waiver !== undefined),
    room / 4,
  );
  const shown = chooseBlocks(drafts(open, context), room - [...head, ...tail].join("\n\n").length);
  const parts = [...head, ...details(shown), ...tellLeft(open.length - shown.length), ...tail];
  return `${parts.join("\n\n")}\n`;
}

/** GitHub takes 65,536 characters of a comment; the rest is for what says how many are left out. */
const LIMIT = 65_000;

function drafts(groups: readonly FindingGroup[], context: ReportContext): readonly Draft[] {
  const files = new Map<string, Finding[]>();
  for (const group of groups) {
    const path = pathOf(group);
    const file = files.get(path);
    if (file === undefined) files.set(path, [group.finding]);
    else file.push(group.finding);
  }
  const headings = new Map([...files].map(([path, findings]) => [path, headingOf(path, findings)]));
  return groups.map((group) => ({
    severity: group.finding.severity,
    heading: headings.get(pathOf(group)) ?? "",
    print: () => findingMarkdown(group, context),
  }));
}

function headingOf(path: string, findings: readonly Finding[]): string {
  return `${path === "" ? "no file" : `<code>${escapeHtml(path)}</code>`}: ${countFindings(findings)}`;
}

/** What is told of a file below its heading, folded. */
function details(blocks: readonly Block[]): readonly string[] {
  const headings = [...new Set(blocks.map(({ heading }) => heading))];
  return headings.map((heading) => {
    const texts = blocks.filter((block) => block.heading === heading).map(({ text }) => text);
    return [`<details><summary>${heading}</summary>`, ...texts, "</details>"].join("\n\n");
  });
}

function tellLeft(count: number): readonly string[] {
  if (count === 0) return [];
  const what = count === 1 ? "1 finding is" : `${count} findings are`;
  return [`**${what} left out here**, for which a comment has no room; \`proto4 check\` prints all of them.`];
}
