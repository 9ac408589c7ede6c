import { formatLocation, oneLine } from "../../../diagnostics/index.js";
import { audiences } from "../../../rules/index.js";
import { type FindingGroup, messageOf } from "../group-baselines.js";
import { painter } from "../paint.js";
import type { ReportContext } from "../report-context.js";
import { findingLines } from "../source/finding-lines.js";
import { snippet } from "../source/snippet.js";
import { code, codeBlock, escapeMarkdown } from "./escape.js";

/** A finding below the heading of its file: the verdict, its source, the way out, and what else is known. */
export function findingMarkdown(group: FindingGroup, context: ReportContext): string {
  const { suggestion } = group.finding;
  const source = snippets(group, context);
  return [
    head(group),
    ...(source.length === 0 ? [] : [codeBlock(source)]),
    ...(suggestion.length === 0
      ? []
      : [`Do this:\n\n${codeBlock(suggestion.slice(0, LINES).map(clip), "proto")}`]),
    foot(group),
  ].join("\n\n");
}

function head(group: FindingGroup): string {
  const { severity, rule, at } = group.finding;
  const line = at?.startLine === undefined ? "" : ` in line ${at.startLine}`;
  return `**${severity}** ${code(rule)}${line}: ${escapeMarkdown(clip(messageOf(group)))}`;
}

function foot({ finding: { id, before, breaks } }: FindingGroup): string {
  const parts = [
    ...(before === undefined ? [] : [`was ${code(clip(formatLocation(before)))}`]),
    ...(breaks.length === 0 ? [] : [`breaks ${breaks.map((who) => audiences[who]).join(", ")}`]),
    `finding ${code(id)}`,
  ];
  return `<sub>${parts.join(" · ")}</sub>`;
}

function snippets({ finding }: FindingGroup, context: ReportContext): readonly string[] {
  const { after, was } = findingLines(finding, context);
  const style = { width: WIDTH, caret: "plain", paint: painter(false) } as const;
  return [
    ...(after === undefined ? [] : snippet(after, style)),
    ...(was === undefined ? [] : ["     was", ...snippet(was, style)]),
  ];
}

/** What goes on for pages leaves no room for others. */
function clip(text: string): string {
  const shown = oneLine(text);
  return shown.length <= LENGTH ? shown : `${shown.slice(0, LENGTH)}…`;
}

/** Columns that a comment shows without a bar to scroll with. */
const WIDTH = 100;

/** What of one message and one piece of advice is shown. */
const LENGTH = 500;
const LINES = 12;
