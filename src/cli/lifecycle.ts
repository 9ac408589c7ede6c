import { Command, InvalidArgumentError, Option } from "commander";
import {
  type LifecycleFormat,
  lifecycleFormats,
  listedStates,
  listLifecycles,
  loadSide,
  parseDuration,
  reportLifecycles,
} from "../gate/index.js";
import type { Lifecycle } from "../schema/index.js";
import { cacheFolder } from "./cache-folder.js";
import { collect } from "./collect.js";
import { showCompiling } from "./show-progress.js";
import { today } from "./today.js";

/** `proto4 lifecycle`: exit code 0, 100 for what `--fail-on-overdue` finds, 1 for every other error. */
export function makeCommand(): Command {
  return new Command("lifecycle")
    .description(
      "List elements by their lifecycles: overdue sunsets first, then the next removals, then the rest.",
    )
    .argument("[input]", "folder, image, archive, module or git reference, as buf takes it", ".")
    .addOption(
      new Option("--state <state>", "only those in this state").choices(listedStates).argParser(toState),
    )
    .option("--within <time>", "only those whose sunset has passed, or comes within 90d, 12w, 3m", toDays)
    .option("--package <name>", "only those of this package", collect)
    .option("--all", "also those that declare nothing themselves, but have a state by what is around them")
    .option("--path <path>", "look only at this file or folder", collect)
    .option("--exclude-path <path>", "leave this file or folder out", collect)
    .option("--config <buf.yaml>", "a buf.yaml in place of the input's: its path, or its text")
    .addOption(
      new Option("--format <format>", "how to print them").choices(lifecycleFormats).default("table"),
    )
    .option("--fail-on-overdue", "exit with 100 where the sunset of something listed has passed")
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
Options --state, --package, --path and --exclude-path may be given several times.

Examples:
  proto4 lifecycle
  proto4 lifecycle --state DEPRECATED --within 90d
  proto4 lifecycle --fail-on-overdue                     # in a nightly job
  proto4 lifecycle .git#branch=main --package acme.user.v1 --format markdown
  proto4 lifecycle --format svg > timeline.svg
  proto4 lifecycle --format json | jq -r '.elements[] | select(.replaced_by and .replaced_by.found == null) | .name'`;

interface Options {
  readonly state?: readonly Lifecycle[];
  readonly within?: number;
  readonly package?: readonly string[];
  readonly all?: boolean;
  readonly path?: readonly string[];
  readonly excludePath?: readonly string[];
  readonly config?: string;
  readonly format: LifecycleFormat;
  readonly failOnOverdue?: boolean;
}

async function run(input: string, options: Options): Promise<void> {
  const { path: paths = [], excludePath: excludePaths = [], config, format } = options;
  const { env, platform } = process;
  const limits = {
    paths,
    excludePaths,
    config,
    env,
    cacheFolder: cacheFolder(env, platform),
    onCompile: showCompiling,
  };
  const side = await loadSide(input, limits);
  const { state: states, package: packages, within, all } = options;
  const list = listLifecycles(side, { today: today(), states, packages, within, all });
  // What is read by another program is not cut.
  process.stdout.write(reportLifecycles(list, format, process.stdout.columns ?? Number.POSITIVE_INFINITY));
  if (options.failOnOverdue === true && list.elements.some(({ standing }) => standing === "overdue"))
    process.exitCode = 100;
}

function toState(word: string, before: readonly Lifecycle[] = []): readonly Lifecycle[] {
  const state = listedStates.find((each) => each === word.toUpperCase());
  if (state !== undefined) return [...before, state];
  throw new InvalidArgumentError(`Allowed choices are ${listedStates.join(", ")}.`);
}

function toDays(time: string): number {
  const days = parseDuration(time);
  if (days !== undefined) return days;
  throw new InvalidArgumentError("Give a time of days, weeks or months of 30 days, such as 90d, 12w or 3m.");
}
