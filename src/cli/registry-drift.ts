import { type Command, Option } from "commander";
import { type Bar, bars } from "../gate/index.js";
import {
  type Board,
  type BoardFormat,
  boardFormats,
  buildBoard,
  loadAllObserved,
  loadContracts,
  loadObserved,
  type PairCategory,
  pairCategories,
  type Registry,
  reportBoard,
  watchBoard,
  worstDrift,
} from "../registry/index.js";
import { today } from "./today.js";
import { type StoreFlags, using, withStore } from "./with-store.js";

interface DriftFlags extends StoreFlags {
  readonly env?: string;
  readonly format: BoardFormat;
  readonly category: PairCategory;
  readonly failOn: Bar;
  readonly watch?: boolean;
}

/** `proto4 registry drift`: exit code 100 for drift at or above the bar. */
export function makeDrift(): Command {
  return withStore("drift", "Show who runs what, and which of them do not get on.")
    .option("--env <environment>", "look at one environment; at all if not given")
    .addOption(new Option("--format <format>", "how to print it").choices(boardFormats).default("table"))
    .addOption(
      new Option("--category <name>", "compare what meets by its bytes alone, or by its JSON too")
        .choices(pairCategories)
        .default("WIRE"),
    )
    .addOption(
      new Option("--fail-on <severity>", "least drift that makes the exit code 100")
        .choices(bars)
        .default("never"),
    )
    .addOption(
      new Option("--watch", "draw it again whenever something has changed, until interrupted").conflicts(
        "failOn",
      ),
    )
    .action(drift);
}

async function drift(flags: DriftFlags): Promise<void> {
  await using(flags, false, async (registry) => {
    if (flags.watch) return watch(registry, flags);
    const board = await load(registry, flags);
    print(board, flags);
    const worst = worstDrift(board);
    const reaches = worst !== undefined && flags.failOn !== "never";
    if (reaches && bars.indexOf(worst) <= bars.indexOf(flags.failOn)) process.exitCode = 100;
  });
}

/** Colours and cursors are left to the terminal: a line of its own tells where the next board begins. */
async function watch(registry: Registry, flags: DriftFlags): Promise<void> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  for await (const news of watchBoard(registry.store, watchMilliseconds, stop.signal)) {
    if (news === "away")
      process.stderr.write("the store does not answer; what is shown may be out of date\n");
    else if (process.stdout.isTTY) process.stdout.write("\x1b[2J\x1b[H");
    if (news === "changed") print(await load(registry, flags), flags);
  }
}

async function load(registry: Registry, { env, category }: DriftFlags): Promise<Board> {
  const observed =
    env === undefined ? await loadAllObserved(registry.store) : [await loadObserved(registry.store, env)];
  return buildBoard(observed, await loadContracts(registry, { category, today: today() }), Date.now());
}

function print(board: Board, { format }: DriftFlags): void {
  process.stdout.write(reportBoard(board, format, process.stdout.columns ?? 120));
}

const watchMilliseconds = 1_000;
