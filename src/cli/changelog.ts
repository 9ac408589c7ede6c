import { Command, Option } from "commander";
import {
  buildReleases,
  type ChangelogFormat,
  changelogFormats,
  reachesStep,
  reportChangelog,
  type SemverStep,
  semverSteps,
} from "../gate/index.js";
import { type Comparison, isPart, rulesOf, withCategory, withLimits, withVersions } from "./comparison.js";
import { loadComparison, optionWarnings, warningsOf } from "./load-comparison.js";
import { today } from "./today.js";

/** `proto4 changelog`: exit code 0, 100 where `--fail-on` says so, 1 for every other error. */
export function makeCommand(): Command {
  const command = new Command("changelog").description(
    "Tell everything that changed since another version, breaking or not, and the version step it calls for.",
  );
  withCategory(withVersions(command))
    .addOption(new Option("--format <format>", "how to print it").choices(changelogFormats).default("text"))
    .addOption(
      new Option("--fail-on <step>", "exit with 100 where this step is called for, or a greater one").choices(
        semverSteps.slice(1),
      ),
    );
  return withLimits(command).addHelpText("after", examples).action(run);
}

const examples = `
Against several versions, newest first, each is compared with the one before: a changelog of all releases.
Options --against, --map-package, --category, --path and --exclude-path may be given several times.

Examples:
  proto4 changelog --against .git#branch=main
  proto4 changelog --against-last 1 --format markdown > notes.md
  proto4 changelog --against-last all --tags 'api/v*' --format markdown > CHANGELOG.md
  proto4 changelog --against .git#tag=v1.4.0 --fail-on minor    # is this still a patch release?
  proto4 changelog --map-package acme.v1=acme.v2 --category WIRE_JSON
  proto4 changelog --against registry:acme/user@main --format json | jq -r '.releases[0].step'`;

interface Options extends Omit<Comparison, "direction"> {
  readonly format: ChangelogFormat;
  readonly failOn?: SemverStep;
}

async function run(input: string, options: Options): Promise<void> {
  const sides = await loadComparison(input, options);
  for (const warning of warningsOf(sides, isPart(options))) process.stderr.write(`${warning}\n`);
  const { direction: _, ...rules } = rulesOf(options);
  const releases = buildReleases(sides.baselines, sides.after, {
    ...rules,
    today: today(),
    isMapped: options.mapPackage !== undefined,
  });
  if (!isPart(options)) for (const warning of optionWarnings(sides)) process.stderr.write(`${warning}\n`);
  process.stdout.write(reportChangelog(releases, options.format));
  const [newest] = releases;
  if (options.failOn !== undefined && newest !== undefined && reachesStep(newest.step, options.failOn))
    process.exitCode = 100;
}
