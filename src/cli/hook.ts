import { Command } from "commander";
import { install, uninstall } from "./hook/install.js";

/** `proto4 hook`: exit code 0; `run` has those of `proto4 check`. */
export function makeCommand(): Command {
  const command = new Command("hook")
    .description("Check what is about to be committed, before it is.")
    .helpCommand(false);
  withAgainst(command.command("install [folder...]"))
    .description("Let git check each commit; a hook that is there goes on and runs first.")
    .action((folders: readonly string[], options: Against) => installAll(folders, options));
  command
    .command("uninstall")
    .description("Take the check out again, and put the hook back that was there before.")
    .action(() => uninstall("."));
  withAgainst(command.command("run [folder...]"))
    .description("Check what is staged, as git's hook does.")
    .action(async (folders: readonly string[], options: Against) =>
      (await import("./hook/run.js")).runHook(folders, options),
    );
  return command.addHelpText("after", examples);
}

export interface Against {
  readonly against?: string;
}

function withAgainst(command: Command): Command {
  return command.option(
    "--against <revision>",
    "compare with where the branch left this one, such as origin/main (default: HEAD, the last commit)",
  );
}

async function installAll(folders: readonly string[], options: Against): Promise<void> {
  await install(".", { ...options, folders });
}

const examples = `
Folders are those of workspaces; the current one if none is given. git commit --no-verify commits without asking.

Examples:
  proto4 hook install
  proto4 hook install services/user services/shop
  proto4 hook install --against origin/main
  proto4 hook run`;
