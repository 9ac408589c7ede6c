import { type Command, Option } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import { loadEnvironment, setEnvironment } from "../registry/index.js";
import { actor } from "./actor.js";
import { type StoreFlags, using, withStore } from "./with-store.js";

interface EnvironmentFlags extends StoreFlags {
  readonly window?: string;
  readonly complete?: boolean;
  readonly incomplete?: boolean;
  readonly reason?: string;
}

/** `proto4 registry environment` */
export function makeEnvironment(): Command {
  return withStore(
    "environment",
    "Say how long what was seen counts, and whether everything joins; or show it.",
  )
    .argument("<environment>", "as services name it when they join")
    .option("--window <time>", "how long what was seen counts, such as 30d, 12h, 5m or 20s")
    .option("--complete", "everything that runs there joins")
    .addOption(new Option("--incomplete", "no longer everything does").conflicts("complete"))
    .option("--reason <reason>", "how you know that everything joins")
    .action(environment);
}

async function environment(name: string, flags: EnvironmentFlags): Promise<void> {
  const { window, complete = false, incomplete = false, reason } = flags;
  if (complete !== (reason !== undefined))
    throw new Proto4Error(
      "usage",
      complete
        ? "--complete needs a --reason: how do you know that everything joins?"
        : "--reason goes with --complete",
    );
  const said = incomplete ? false : reason === undefined ? undefined : { reason };
  const asks = window === undefined && said === undefined;
  await using(flags, !asks, async ({ store }) => {
    const record = asks
      ? await loadEnvironment(store, name)
      : await setEnvironment(store, { environment: name, window, complete: said, ...actor() });
    const { complete: declared } = record;
    const covers =
      declared === undefined
        ? "coverage not declared"
        : `everything joins, says ${declared.by} since ${declared.at}: ${declared.reason}`;
    process.stdout.write(`${name}: window ${record.window}, ${covers}\n`);
  });
}
