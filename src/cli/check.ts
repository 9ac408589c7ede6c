import { Command, Option } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import { type Category, categories, check, type Finding, reportJson, reportText } from "../gate/index.js";
import { loadImage, sourcePaths } from "../image/index.js";
import { relocate } from "./relocate.js";

/** `proto4 check`: exit code 0, 100 for findings at or above the bar, 1 for everything else. */
export function makeCommand(): Command {
  return new Command("check")
    .description("Judge what changed since another version: breaking changes and lifecycles.")
    .argument("[input]", "folder, image, archive, module or git reference, as buf takes it", ".")
    .requiredOption("--against <input>", "the version to compare with")
    .option(
      "--category <name>",
      "rules of buf's to ask: FILE (default), PACKAGE, WIRE_JSON, WIRE or CSR",
      collect,
    )
    .addOption(
      new Option("--format <format>", "how to print findings").choices(["text", "json"]).default("text"),
    )
    .addOption(new Option("--fail-on <severity>", "least finding that fails").choices(bars).default("error"))
    .option("--path <path>", "look only at this file or folder, on both sides", collect)
    .option("--exclude-path <path>", "leave this file or folder out, on both sides", collect)
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
Options --category, --path and --exclude-path may be given several times.

Examples:
  proto4 check --against .git#branch=main
  proto4 check proto --against release.binpb --category WIRE_JSON --format json`;

const bars = ["error", "warning", "info", "never"] as const;

interface Options {
  readonly against: string;
  readonly category?: readonly string[];
  readonly format: "text" | "json";
  readonly failOn: (typeof bars)[number];
  readonly path?: readonly string[];
  readonly excludePath?: readonly string[];
}

async function run(input: string, options: Options): Promise<void> {
  const { category, path = [], excludePath = [] } = options;
  const asked = category?.map(toCategory);
  const limits = { paths: path, excludePaths: excludePath, env: process.env };
  const [before, after] = await Promise.all([loadImage(options.against, limits), loadImage(input, limits)]);
  const findings = check(before, after, {
    today: today(),
    ...(asked === undefined ? {} : { categories: asked }),
  });
  if (findings.length === 0) return;
  const [pathsBefore, pathsAfter] = await Promise.all([
    sourcePaths(options.against, limits),
    sourcePaths(input, limits),
  ]);
  const located = findings.map((finding) => relocate(finding, pathsBefore, pathsAfter));
  process.stdout.write(options.format === "json" ? reportJson(located) : reportText(located));
  process.stderr.write(`${summary(findings)}\n`);
  if (findings.some((finding) => reaches(finding, options.failOn))) process.exitCode = 100;
}

function reaches({ severity }: Finding, bar: Options["failOn"]): boolean {
  return bar !== "never" && bars.indexOf(severity) <= bars.indexOf(bar);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function toCategory(name: string): Category {
  const found = categories.find((category) => category === name);
  if (found !== undefined) return found;
  throw new Proto4Error("usage", `there is no category "${name}"; there are ${categories.join(", ")}`);
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
