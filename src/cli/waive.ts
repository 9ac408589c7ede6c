import { Command } from "commander";
import { oneLine, Proto4Error } from "../diagnostics/index.js";
import {
  checkBaselines,
  type Finding,
  findWaivable,
  lastDay,
  lifetimeOf,
  loadWaivers,
  markWaived,
  type Target,
  targetOf,
  unwaiveCommand,
  type Waiver,
  waive,
} from "../gate/index.js";
import { type Comparison, rulesOf, withBaselines, withCategory, withLimits } from "./comparison.js";
import { gitUser } from "./git-user.js";
import { type LoadedComparison, loadComparison } from "./load-comparison.js";
import { rewriteWaivers } from "./rewrite-waivers.js";
import { today } from "./today.js";
import { readTarget, type TargetOptions, whereOf, withTarget } from "./waiver-target.js";
import { writableWaivers } from "./writable-waivers.js";

/** `proto4 waive`: exit code 0, 1 for errors. */
export function makeCommand(): Command {
  const command = new Command("waive").description(
    "Accept a finding for a while: write it into proto4.waivers.yaml, so that proto4 check passes over it.",
  );
  withCategory(withBaselines(withTarget(command)))
    .requiredOption("--reason <text>", "why it is accepted")
    .requiredOption("--expires <day>", "the last day it is: 2027-01-31, or a time from today on such as 90d")
    .option("--owner <name>", "who answers for it (default: git's user.email)");
  return withLimits(command).addHelpText("after", examples).action(run);
}

const examples = `
The finding has to be found: give the flags that proto4 check is given. proto4 unwaive takes it out again.

Examples:
  proto4 waive 3ac8ce819ef3 --against .git#branch=main --reason "nobody reads it" --expires 90d
  proto4 waive proto --rule FIELD_SAME_TYPE --symbol shop.v1.User.age --against-last 3 \\
    --reason "all clients are ours" --expires 2027-01-31 --owner team-shop`;

interface Options extends Comparison, TargetOptions {
  readonly reason: string;
  readonly expires: string;
  readonly owner?: string;
}

async function run(first: string | undefined, second: string | undefined, options: Options): Promise<void> {
  const { target, input } = readTarget([first, second], options);
  const sides = await loadComparison(input, options);
  const { workspace } = sides.after;
  const [day, file] = [today(), writableWaivers(workspace)];
  const waiver = await readWaiver(target, options, lastDay(options.expires, day, lifetimeOf(workspace)));
  const { waivers = [] } = (await loadWaivers(workspace, day)) ?? {};
  const same = waivers.find((other) => targetOf(other) === targetOf(target));
  const found = same === undefined ? find(target, sides, waivers, options, day) : undefined;
  const known = same ?? found?.waiver;
  if (known !== undefined) throw waivedAlready(known, day, file.path, whereOf(input, options));
  const about = targetOf({ rule: found?.rule, symbol: found?.symbol });
  await rewriteWaivers(file, (text) => waive(text, file.path, waiver, about));
  process.stdout.write(`${file.path} accepts ${oneLine(about)} until ${waiver.expires}\n`);
}

function find(
  target: Target,
  { baselines, after }: LoadedComparison,
  waivers: Waivers,
  options: Options,
  day: string,
): Finding {
  const found = checkBaselines(baselines, after, { ...rulesOf(options), today: day });
  return findWaivable(markWaived(found, waivers, day).findings, target);
}

type Waivers = Parameters<typeof markWaived>[1];

async function readWaiver(target: Target, options: Options, expires: string): Promise<Waiver> {
  const { reason, owner = await gitUser() } = options;
  if (reason.trim() === "") throw usage("a waiver needs a reason: say why it is accepted");
  if (owner === undefined || owner.trim() === "")
    throw usage("git knows no user.email here: say by --owner who answers for it");
  return { ...target, reason, owner, expires };
}

function waivedAlready(waiver: Waiver, day: string, path: string, where: string): Proto4Error {
  const verb = waiver.expires < day ? "was" : "is";
  return new Proto4Error(
    "usage",
    `this ${verb} accepted until ${waiver.expires} already; to write it anew, say first: ${unwaiveCommand(waiver, where)}`,
    { location: { path } },
  );
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}
