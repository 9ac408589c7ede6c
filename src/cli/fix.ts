import { relative, resolve, sep } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  type BaselinesOptions,
  type Finding,
  type FixResult,
  keyOf,
  type LoadedSources,
  loadFixing,
  makeFixes,
  unifiedDiff,
} from "../gate/index.js";
import type { Comparison } from "./comparison.js";
import type { LoadedComparison } from "./load-comparison.js";
import { type SourceEdit, writeSources } from "./write-sources.js";

/** `--fix` writes, `--fix=dry` shows. */
export type FixMode = true | "dry";

export function withFix(command: Command): Command {
  return command.addOption(
    new Option(
      "--fix [dry]",
      "edit the sources so that what can be met by edits is; dry prints a diff instead",
    )
      .argParser(toMode)
      .conflicts("likeBuf"),
  );
}

/** What stands behind `--fix` may be meant for the input. */
function toMode(text: string): FixMode {
  if (text === "dry") return "dry";
  throw new InvalidArgumentError(
    `Write --fix=dry to see a diff, or put --fix behind ${JSON.stringify(text)}.`,
  );
}

/** What is to be fixed, and where. */
export interface FixRequest {
  readonly input: string;
  readonly sides: LoadedComparison;
  readonly options: Comparison & { readonly fix?: FixMode | undefined };
  readonly judge: BaselinesOptions;
}

/**
 * Fixes findings in the sources of an input, or prints the diff, and tells of both on stderr.
 * @param found all of them
 * @param asked without those that are known or waived already
 * @returns those of the asked that are left
 * @throws Proto4Error "usage", "source-changed", "output-unwritable"
 */
export async function fixFindings(
  found: readonly Finding[],
  asked: readonly Finding[],
  { input, sides, options, judge }: FixRequest,
): Promise<readonly Finding[]> {
  const { fix, path: paths = [], excludePath: excludePaths = [], config } = options;
  const compile = { cwd: resolve("."), env: process.env, paths, excludePaths, config };
  const fixing = loadFixing(input, sides.baselines, sides.after, { compile, judge });
  const open = asked.filter(
    ({ waiver, baseline }) => waiver === undefined && baseline?.direction !== "forward",
  );
  const result = await makeFixes(found, open, fixing);
  if (fix === "dry") process.stdout.write(diffOf(result));
  else await writeSources(result.sources.map((source) => toEdit(source, fixing)));
  if (open.length > 0) process.stderr.write(tell(result, fix === "dry"));
  const gone = new Set(result.fixed);
  const moved = new Map(result.remaining.map((finding) => [keyOf(finding), finding]));
  return asked.filter((finding) => !gone.has(finding)).map((finding) => moved.get(keyOf(finding)) ?? finding);
}

function toEdit({ path, after }: FixResult["sources"][number], fixing: LoadedSources): SourceEdit {
  return { path, file: fixing.fileOf(path), before: fixing.bytesOf(path), after };
}

/** By paths from here on, whatever the input is called: what applies a diff takes no other. */
function diffOf({ sources }: FixResult): string {
  return sources
    .map(({ path, before, after }) => unifiedDiff(relative(".", path).split(sep).join("/"), before, after))
    .join("");
}

/** `fixed 3 findings in 2 files; 1 cannot be fixed:` and why, a line each. */
function tell({ sources, fixed, unfixed }: FixResult, isDry: boolean): string {
  const verb = isDry ? "would fix" : "fixed";
  const done = `${verb} ${count(fixed.length, "finding")} in ${count(sources.length, "file")}`;
  if (unfixed.length === 0) return `${done}\n`;
  const lines = unfixed.map(({ finding, why }) => `  ${placeOf(finding)}${finding.rule}: ${why}\n`);
  return `${done}; ${unfixed.length} cannot be fixed:\n${lines.join("")}`;
}

function placeOf({ at, symbol }: Finding): string {
  if (at === undefined) return `${symbol}: `;
  const line = at.startLine === undefined ? "" : `:${at.startLine}:${at.startColumn}`;
  return `${at.path}${line}: `;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
