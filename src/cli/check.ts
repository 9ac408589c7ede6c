import { Command, Option } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import {
  type Annotation,
  type Bar,
  bars,
  checkBaselines,
  countFindings,
  type Finding,
  type Format,
  formats,
  printLikeBuf,
  report,
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
import { withoutKnown } from "./known-findings.js";
import { loadComparison, optionWarnings, warningsOf } from "./load-comparison.js";
import { today } from "./today.js";

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
    .addOption(new Option("--format <format>", "how to print findings").choices(formats).default("text"))
    .addOption(
      new Option(
        "--fail-on <severity>",
        "least finding that fails (default: proto4.yaml's fail_on, or error)",
      )
        .choices(bars)
        .conflicts("likeBuf"),
    );
  return withLimits(command).addHelpText("after", examples).action(run);
}

const examples = `
Options --against, --map-package, --category, --path and --exclude-path may be given several times.

Examples:
  proto4 check --against .git#branch=main
  proto4 check proto --against release.binpb --category WIRE_JSON --format json
  proto4 check --against-last 3 --direction full-transitive
  proto4 check --against registry:acme/user@main --store consul://127.0.0.1:8500
  proto4 check --map-package acme.v1=acme.v2 --category WIRE
  proto4 check --like-buf --against .git#branch=main,subdir=proto --format github-actions`;

interface Options extends Comparison {
  readonly likeBuf?: boolean;
  readonly baseline?: string;
  readonly format: Format;
  readonly failOn?: Bar;
}

async function run(input: string, options: Options): Promise<void> {
  const { likeBuf = false } = options;
  if (likeBuf) checkOnlyOne(options.against);
  const sides = await loadComparison(input, options).catch((error: unknown) =>
    printComplaints(error, options),
  );
  if (sides === undefined) return;
  const { baselines, after } = sides;
  if (likeBuf) checkOnlyOne(baselines);
  for (const warning of warningsOf(sides, isPart(options))) process.stderr.write(`${warning}\n`);
  const found = checkBaselines(baselines, after, { ...rulesOf(options), today: today(), likeBuf });
  if (likeBuf) return failWith(found.map(toAnnotation), options);
  const file = after.workspace.policy();
  if (!isPart(options)) for (const warning of optionWarnings(sides)) process.stderr.write(`${warning}\n`);
  const findings = await withoutKnown(found, options.baseline ?? file?.baseline, asksAll(options));
  process.stdout.write(report(findings, options.format));
  if (findings.length > 0) process.stderr.write(`${countFindings(findings)}\n`);
  const bar = options.failOn ?? file?.failOn ?? "error";
  if (findings.some((finding) => reaches(finding, bar))) process.exitCode = 100;
}

/** What is found no more may just not be looked for. */
function asksAll(options: Options): boolean {
  return !isPart(options) && options.category === undefined;
}

function checkOnlyOne(against: readonly unknown[] = []): void {
  if (against.length > 1)
    throw new Proto4Error(
      "usage",
      `buf compares with one version: give one --against, not ${against.length}`,
    );
}

/** Under `--like-buf`, sources that do not compile are findings; every other error is one. */
function printComplaints(error: unknown, options: Options): undefined {
  const complaints = complaintsOf(error);
  if (!options.likeBuf || complaints.length === 0) throw error;
  const unknown = { path: undefined, startLine: 0, startColumn: 0, endLine: 0, endColumn: 0 };
  failWith(
    complaints.map((complaint) => ({ ...unknown, ...complaint, severity: "error" })),
    options,
  );
}

function failWith(annotations: readonly Annotation[], { format }: Options): void {
  process.stdout.write(printLikeBuf(annotations, format));
  if (annotations.length > 0) process.exitCode = 100;
}

function reaches({ severity }: Finding, bar: Bar): boolean {
  return bar !== "never" && bars.indexOf(severity) <= bars.indexOf(bar);
}
