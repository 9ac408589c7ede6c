import { join } from "node:path";
import { Command, Option } from "commander";
import type { Ci, WorkspaceFacts } from "./init/facts.js";
import { loadFacts } from "./init/load-facts.js";
import { planFiles } from "./init/plan.js";
import { findCi } from "./init/plan-ci.js";
import type { PlannedFile } from "./init/planned-file.js";
import { tellNext } from "./init/tell-next.js";
import { writePlanned } from "./init/write-plan.js";

/** `proto4 init`: exit code 0, also where all was there; 1 for errors. */
export function makeCommand(): Command {
  return new Command("init")
    .description("Make a folder of .proto files a workspace: options, buf.yaml, policy, and a check in CI.")
    .argument("[folder]", "where the workspace begins", ".")
    .addOption(
      new Option(
        "--ci <kind>",
        "whose CI is to check changes (default: as .github, .gitlab-ci.yml or the remotes tell)",
      ).choices(["github", "gitlab", "none"]),
    )
    .option("--hook", "also check each commit: proto4 hook install")
    .option("--dry-run", "say what would be written, and write nothing")
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
Nothing is overwritten: of a file that is there it says what it lacks.

Examples:
  proto4 init
  proto4 init services/user --ci gitlab --dry-run`;

interface Options {
  readonly ci?: Ci | "none";
  readonly hook?: boolean;
  readonly dryRun?: boolean;
}

async function run(spelled: string, options: Options): Promise<void> {
  const { hook = false, dryRun = false } = options;
  const facts = await loadFacts(spelled);
  const { folder } = facts;
  const ci = options.ci ?? findCi(facts);
  for (const planned of planFiles(facts, ci ?? "none")) {
    const isNew = dryRun ? !planned.isThere : await writePlanned(folder, planned);
    tell(join(folder, planned.path), planned, isNew ? (dryRun ? "would write" : "wrote") : "kept");
  }
  if (hook) await installHook(facts, dryRun);
  process.stdout.write(tellNext(facts, { ci, hook }));
}

function tell(path: string, { purpose, advice }: PlannedFile, what: string): void {
  process.stdout.write(`${what}  ${path}${what === "kept" ? "" : `  (${purpose})`}\n`);
  for (const line of advice) process.stdout.write(`${line.replace(/^/gm, "      ")}\n`);
}

async function installHook({ folder }: WorkspaceFacts, dryRun: boolean): Promise<void> {
  if (dryRun) process.stdout.write("would run  proto4 hook install\n");
  else await (await import("./hook/install.js")).install(folder, {});
}
