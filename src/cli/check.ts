import { Command, Option } from "commander";
import {
  type Annotation,
  type Bar,
  bars,
  checkSides,
  configWarnings,
  type Finding,
  type Format,
  formats,
  loadSide,
  printLikeBuf,
  report,
  type Side,
  toAnnotation,
} from "../gate/index.js";
import { complaintsOf } from "../image/index.js";
import { cacheFolder } from "./cache-folder.js";
import { inOrder } from "./in-order.js";

/** `proto4 check`: exit code 0, 100 for findings at or above the bar, 1 for everything else. */
export function makeCommand(): Command {
  return new Command("check")
    .description("Judge what changed since another version: breaking changes and lifecycles.")
    .argument("[input]", "folder, image, archive, module or git reference, as buf takes it", ".")
    .requiredOption("--against <input>", "the version to compare with")
    .option("--like-buf", "be buf breaking: its verdicts, places, order, formats and exit codes")
    .option("--category <name>", "rules to ask, by category or id, in place of the configured ones", collect)
    .addOption(new Option("--format <format>", "how to print findings").choices(formats).default("text"))
    .addOption(
      new Option(
        "--fail-on <severity>",
        "least finding that fails (default: proto4.yaml's fail_on, or error)",
      )
        .choices(bars)
        .conflicts("likeBuf"),
    )
    .addOption(
      new Option("--policy <proto4.yaml>", "a proto4.yaml in place of the input's").conflicts("likeBuf"),
    )
    .option("--path <path>", "look only at this file or folder, on both sides", collect)
    .option("--exclude-path <path>", "leave this file or folder out, on both sides", collect)
    .option("--limit-to-input-files", "on the other side, look only at the files that the input has")
    .option("--exclude-imports", "leave out what is only imported")
    .option("--config <buf.yaml>", "a buf.yaml in place of the input's: its path, or its text")
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
Options --category, --path and --exclude-path may be given several times.

Examples:
  proto4 check --against .git#branch=main
  proto4 check proto --against release.binpb --category WIRE_JSON --format json
  proto4 check --like-buf --against .git#branch=main,subdir=proto --format github-actions`;

interface Options {
  readonly against: string;
  readonly likeBuf?: boolean;
  readonly category?: readonly string[];
  readonly format: Format;
  readonly failOn?: Bar;
  readonly policy?: string;
  readonly path?: readonly string[];
  readonly excludePath?: readonly string[];
  readonly limitToInputFiles?: boolean;
  readonly excludeImports?: boolean;
  readonly config?: string;
}

async function run(input: string, options: Options): Promise<void> {
  const sides = await loadSides(input, options).catch((error: unknown) => printComplaints(error, options));
  if (sides === undefined) return;
  for (const warning of configWarnings(...sides, isPart(options))) process.stderr.write(`${warning}\n`);
  const { category: categories, excludeImports, likeBuf = false } = options;
  const findings = checkSides(...sides, { today: today(), categories, excludeImports, likeBuf });
  if (likeBuf) return failWith(findings.map(toAnnotation), options);
  process.stdout.write(report(findings, options.format));
  if (findings.length > 0) process.stderr.write(`${summary(findings)}\n`);
  const [, { workspace }] = sides;
  const bar = options.failOn ?? workspace.policy()?.failOn ?? "error";
  if (findings.some((finding) => reaches(finding, bar))) process.exitCode = 100;
}

type Sides = readonly [before: Side, after: Side];

async function loadSides(input: string, options: Options): Promise<Sides> {
  const { against, path: paths = [], excludePath: excludePaths = [], config, policy } = options;
  const { env, platform } = process;
  const limits = { paths, excludePaths, env, cacheFolder: cacheFolder(env, platform) };
  const loading = loadSide(input, { ...limits, config, policy });
  if (!options.limitToInputFiles) {
    const [after, before] = await inOrder([loading, loadSide(against, limits)]);
    return [before, after];
  }
  const after = await loading;
  const files = after.image.files.map((file) => after.workspace.locate(file.path));
  return [await loadSide(against, { ...limits, paths: files }), after];
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

function isPart({ path = [], excludePath = [], limitToInputFiles = false }: Options): boolean {
  return limitToInputFiles || path.length + excludePath.length > 0;
}

function reaches({ severity }: Finding, bar: Bar): boolean {
  return bar !== "never" && bars.indexOf(severity) <= bars.indexOf(bar);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** In UTC, so that everybody's sunset is the same evening. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** `2 errors, 1 info`. */
function summary(findings: readonly Finding[]): string {
  const counts = (["error", "warning", "info"] as const).map((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return [count, severity === "info" || count === 1 ? severity : `${severity}s`] as const;
  });
  return counts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
}
