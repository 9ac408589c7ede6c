import { Command, Option } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import {
  type Annotation,
  type Bar,
  type BufFormat,
  bars,
  bufFormats,
  checkBaselines,
  countFindings,
  type Finding,
  printLikeBuf,
  type ReportContext,
  toAnnotation,
} from "../gate/index.js";
import { complaintsOf } from "../image/index.js";
import {
  beyondBuf,
  type Comparison,
  isPart,
  rulesOf,
  withBaselines,
  withCategory,
  withLimits,
} from "./comparison.js";
import { type FixMode, fixFindings, withFix } from "./fix.js";
import { withoutKnown } from "./known-findings.js";
import { type LoadedComparison, loadComparison, optionWarnings, warningsOf } from "./load-comparison.js";
import { loadReportContext } from "./load-report-context.js";
import { planReports, type ReportOptions, type Reports, withReports, writeReports } from "./reports.js";
import { today } from "./today.js";
import { leaveOutWaived, withWaivers } from "./waived-findings.js";
import { whereOf } from "./waiver-target.js";

/** `proto4 check`: exit code 0, 100 for findings at or above the bar, 1 for everything else. */
export function makeCommand(): Command {
  const command = new Command("check").description(
    "Judge what changed since another version: breaking changes and lifecycles.",
  );
  withCategory(withBaselines(command))
    .addOption(
      new Option(
        "--like-buf",
        "be buf breaking: its verdicts, places, order, formats and exit codes",
      ).conflicts(beyondBuf),
    )
    .addOption(
      new Option("--baseline <file>", "findings to pass over, as proto4 baseline wrote them").conflicts(
        "likeBuf",
      ),
    )
    .addOption(
      new Option(
        "--fail-on <severity>",
        "least finding that fails (default: proto4.yaml's fail_on, or error)",
      )
        .choices(bars)
        .conflicts("likeBuf"),
    );
  return withLimits(withFix(withReports(command)))
    .addOption(new Option("--watch", "check again after each save, until Ctrl-C").conflicts("fix"))
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
Options --against, --map-package, --category, --path and --exclude-path may be given several times.

Examples:
  proto4 check --against .git#branch=main
  proto4 check proto --against release.binpb --category WIRE_JSON --format json
  proto4 check --against-last 3 --direction full-transitive
  proto4 check --against registry:acme/user@main --store consul://127.0.0.1:8500
  proto4 check --against .git#branch=main --fix=dry
  proto4 check --map-package acme.v1=acme.v2 --category WIRE
  proto4 check --like-buf --against .git#branch=main,subdir=proto --format github-actions`;

interface Options extends Comparison, ReportOptions {
  readonly likeBuf?: boolean;
  readonly baseline?: string;
  readonly failOn?: Bar;
  readonly fix?: FixMode;
  readonly watch?: boolean;
}

async function run(input: string, options: Options): Promise<void> {
  if (options.watch !== true) return checkOnce(input, options, () => loadComparison(input, options));
  const { watch } = await import("./watch/watch.js");
  return watch(input, options, (load) => checkOnce(input, options, load));
}

async function checkOnce(
  input: string,
  options: Options,
  load: () => Promise<LoadedComparison>,
): Promise<void> {
  const { likeBuf = false } = options;
  if (likeBuf) checkOnlyOne(options.against);
  const like = likeBuf ? bufFormat(options.format) : undefined;
  if (options.fix === "dry") checkOnlyDiff(options);
  const reports = planReports(options);
  const sides = await load().catch((error: unknown) => printComplaints(error, like));
  if (sides === undefined) return;
  const { baselines, after } = sides;
  if (likeBuf) checkOnlyOne(baselines);
  for (const warning of warningsOf(sides, isPart(options))) process.stderr.write(`${warning}\n`);
  const judge = { ...rulesOf(options), today: today(), likeBuf };
  const found = checkBaselines(baselines, after, judge);
  if (like !== undefined) return failWith(found.map(toAnnotation), like);
  const file = after.workspace.policy();
  if (!isPart(options)) for (const warning of optionWarnings(sides)) process.stderr.write(`${warning}\n`);
  const where = whereOf(input, options);
  const waived = await withWaivers(found, after.workspace, today(), where, asksAll(options));
  const shown = await withoutKnown(waived.findings, options.baseline ?? file?.baseline, asksAll(options));
  const open = leaveOutWaived(shown, waived);
  const findings =
    options.fix === undefined ? open : await fixFindings(found, open, { input, sides, options, judge });
  const accepted = shown.filter(({ waiver }) => waiver !== undefined);
  // What a diff is piped into takes nothing but a diff.
  const told = options.fix === undefined ? shown : [...findings, ...accepted];
  if (options.fix !== "dry")
    await tell(told, reports, await loadReportContext(told, sides, { input, reports, color: options.color }));
  const bar = options.failOn ?? file?.failOn ?? "error";
  const isExpired = waived.isExpired && bar !== "never";
  if (isExpired || findings.some((finding) => reaches(finding, bar))) process.exitCode = 100;
}

/** The count comes last, and also where a report cannot be written. Some formats show what is waived. */
async function tell(findings: readonly Finding[], reports: Reports, context: ReportContext): Promise<void> {
  try {
    await writeReports(findings, reports, context);
  } finally {
    const count = countFindings(findings);
    if (count !== "") process.stderr.write(`${count}\n`);
  }
}

/** What is found no more may just not be looked for. */
function asksAll(options: Options): boolean {
  return !isPart(options) && options.category === undefined;
}

/** What is asked for and not given would be missed. */
function checkOnlyDiff({ format, report }: ReportOptions): void {
  if (format !== undefined || report !== undefined)
    throw new Proto4Error(
      "usage",
      `--fix=dry prints a diff and no report: leave --${report === undefined ? "format" : "report"} out, or make the report in a check without --fix`,
    );
}

function checkOnlyOne(against: readonly unknown[] = []): void {
  if (against.length > 1)
    throw new Proto4Error(
      "usage",
      `buf compares with one version: give one --against, not ${against.length}`,
    );
}

/** Under `--like-buf`, sources that do not compile are findings; every other error is one. */
function printComplaints(error: unknown, like: BufFormat | undefined): undefined {
  const complaints = complaintsOf(error);
  if (like === undefined || complaints.length === 0) throw error;
  const unknown = { path: undefined, startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
  failWith(
    complaints.map((complaint) => ({ ...unknown, ...complaint, severity: "error" })),
    like,
  );
}

/** @throws Proto4Error "usage" */
function bufFormat(format: string = "text"): BufFormat {
  const known = bufFormats.find((each) => each === format);
  if (known !== undefined) return known;
  throw new Proto4Error(
    "usage",
    `buf has no format ${format}: with --like-buf, give ${bufFormats.join(", ")}`,
  );
}

function failWith(annotations: readonly Annotation[], format: BufFormat): void {
  process.stdout.write(printLikeBuf(annotations, format));
  if (annotations.length > 0) process.exitCode = 100;
}

function reaches({ severity }: Finding, bar: Bar): boolean {
  return bar !== "never" && bars.indexOf(severity) <= bars.indexOf(bar);
}
