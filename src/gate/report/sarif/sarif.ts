import { allRules, bufCategories, type Finding, type Rule } from "../../../rules/index.js";
import { type FindingGroup, groupBaselines } from "../group-baselines.js";
import type { ReportContext } from "../report-context.js";
import { fitSarif } from "./fit.js";
import { fixTeller } from "./fixes.js";
import { levels, toResult } from "./result.js";

/**
 * One run of proto4 as SARIF 2.1.0, for code scanning: also where nothing is found, so that what was found before is
 * closed. What is more than code scanning takes is left out, the least grave of it, and how many are is told.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function reportSarif(findings: readonly Finding[], context: ReportContext = {}): string {
  const groups = groupBaselines(findings);
  return fitSarif(groups, (kept) => printLog(kept, groups.length - kept.length, context));
}

function printLog(groups: readonly FindingGroup[], left: number, context: ReportContext): string {
  const rules = rulesOf(groups);
  const tellFixes = fixTeller(context);
  const run = {
    tool: {
      driver: {
        name: "proto4",
        ...(context.version === undefined ? {} : { semanticVersion: context.version }),
        rules: rules.map(toDescriptor),
      },
    },
    invocations: [{ executionSuccessful: true, ...tellLeft(left) }],
    // Code scanning replaces what the same category said before: what is judged apart has one of its own.
    automationDetails: { id: categoryOf(context) },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: bases,
    results: groups.map((group) => toResult(group, rules.indexOf(group.finding.rule), context, tellFixes)),
  };
  return `${JSON.stringify({ $schema: schema, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function tellLeft(count: number) {
  if (count === 0) return {};
  const text = `${count === 1 ? "1 finding is" : `${count} findings are`} left out, the least grave: code scanning takes no more. proto4 check prints all of them.`;
  return { toolExecutionNotifications: [{ level: "warning", message: { text } }] };
}

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

const bases = {
  "%SRCROOT%": { description: { text: "The root of the repository that is checked." } },
  "%BEFORE%": { description: { text: "Where the version lies that it is compared with." } },
};

/** `proto4/`, with the input behind it where it is not the folder that one stands in. */
function categoryOf({ input = "." }: ReportContext): string {
  return input === "." ? "proto4/" : `proto4/${input}/`;
}

function rulesOf(groups: readonly FindingGroup[]): readonly string[] {
  return [...new Set(groups.map(({ finding }) => finding.rule))].sort();
}

function toDescriptor(id: string) {
  const rule = allRules.find((each) => each.id === id);
  if (rule === undefined) return { id };
  const { purpose, severity, categories } = rule;
  return {
    id,
    shortDescription: { text: purpose },
    fullDescription: { text: purpose },
    ...helpOf(rule),
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: categories },
  };
}

/** buf has a page of its rules; proto4's own are explained by a command. */
function helpOf({ id, purpose, categories }: Rule) {
  const command = `proto4 explain ${id}`;
  const isBufs = bufCategories.some((category) => categories.includes(category));
  return {
    help: {
      text: `${purpose} More by the command: ${command}`,
      markdown: `${purpose}\n\nMore by the command \`${command}\`.`,
    },
    ...(isBufs ? { helpUri: `https://buf.build/docs/breaking/rules/#${id.toLowerCase()}` } : {}),
  };
}
