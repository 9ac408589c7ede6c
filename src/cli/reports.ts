import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import { type Finding, type Format, formats, type ReportContext, report } from "../gate/index.js";
import { type ColorChoice, colorOption, usesColor } from "./color.js";
import { checkTarget, collectTarget, type ReportTarget, writeTarget } from "./report-target.js";

/** Which reports are wanted, as flags say it. */
export interface ReportOptions {
  readonly format?: Format;
  readonly report?: readonly ReportTarget[];
  readonly color: ColorChoice;
}

/** Gives a command the flags that say how findings are reported. */
export function withReports(command: Command): Command {
  return command
    .addOption(new Option("--format <format>", "how to print findings (default: text)").choices(formats))
    .addOption(
      new Option(
        "--report <format=file>",
        "write findings into a file besides; several, and - is standard output",
      )
        .argParser(collectTarget)
        .conflicts("likeBuf"),
    )
    .addOption(colorOption());
}

/** Which report goes where. */
export interface Reports {
  readonly format: Format;
  readonly files: readonly ReportTarget[];
}

/**
 * Settles which report goes where, before the long work begins.
 * @throws Proto4Error "usage" where two go to one place, "output-unwritable" where one cannot go to its place
 */
export function planReports({ format, report: targets = [] }: ReportOptions): Reports {
  // However they are spelled.
  const places = targets.map(({ path }) => (path === "-" ? path : resolve(path)));
  const paths = [...(format === undefined ? [] : ["-"]), ...places];
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined)
    throw new Proto4Error(
      "usage",
      twice === "-"
        ? "one report goes to standard output: leave --format out, or write the others into files"
        : `two reports go to ${targets[places.lastIndexOf(twice)]?.path}: give each a file of its own`,
    );
  const files = targets.filter(({ path }) => path !== "-");
  files.forEach(checkTarget);
  return { format: format ?? targets.find(({ path }) => path === "-")?.format ?? "text", files };
}

/**
 * Prints findings, and writes the reports that are wanted besides. All of them are tried: a full disk costs no verdict.
 * @throws Proto4Error "output-unwritable" when all is printed that can be
 */
export async function writeReports(
  findings: readonly Finding[],
  { format, files }: Reports,
  { color, width, ...context }: ReportContext,
): Promise<void> {
  process.stdout.write(report(findings, format, { ...context, color, width }));
  const written = files.map((target) => writeTarget(target, report(findings, target.format, context)));
  const problems = (await Promise.allSettled(written)).flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason] : [],
  );
  if (problems.length > 1)
    throw new Proto4Error("output-unwritable", "reports cannot be written", { problems });
  if (problems.length === 1) throw problems[0];
}

/** What is known of the terminal, if there is one. */
export function terminal(color: ColorChoice): ReportContext {
  const { isTTY = false, columns } = process.stdout;
  return { color: usesColor(color, process.env, isTTY), width: isTTY ? columns : undefined };
}
