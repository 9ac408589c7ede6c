#!/usr/bin/env node
import { Command } from "commander";
import { formatErrors, Proto4Error } from "../diagnostics/index.js";
import { version } from "./version.js";

/** Only what is asked for is loaded: most of a short command's time would go into modules it does not use. */
const commands: Readonly<Record<string, () => Promise<{ makeCommand(): Command }>>> = {
  baseline: () => import("./baseline.js"),
  changelog: () => import("./changelog.js"),
  check: () => import("./check.js"),
  explain: () => import("./explain.js"),
  hook: () => import("./hook.js"),
  init: () => import("./init.js"),
  lifecycle: () => import("./lifecycle.js"),
  map: () => import("./map.js"),
  registry: () => import("./registry.js"),
  translate: () => import("./translate.js"),
  unwaive: () => import("./unwaive.js"),
  waive: () => import("./waive.js"),
};

async function main(args: readonly string[]): Promise<void> {
  const program = new Command("proto4")
    .description("Lets two generations of a protobuf contract live side by side.")
    .version(version())
    .helpCommand(false)
    .addHelpText("after", examples);
  for (const load of wanted(args)) program.addCommand((await load()).makeCommand());
  await program.parseAsync(args, { from: "user" });
}

/** The command that is named; to help and to correct, all of them; for the version none. */
function wanted(args: readonly string[]) {
  const named = args.find((arg) => !arg.startsWith("-")) ?? "";
  if (Object.hasOwn(commands, named)) return [commands[named]!];
  return ["-V", "--version"].includes(args[0] ?? "") ? [] : Object.values(commands);
}

const examples = `
Examples:
  proto4 check --against .git#branch=main
  proto4 check proto --against release.binpb --category WIRE_JSON --format json
  proto4 translate shop.v3.User --up --from users.bin --to users-v4.bin`;

/** A user's mistake is a sentence; ours is a stack. */
function report(error: unknown): void {
  const text =
    error instanceof Proto4Error ? formatErrors(error) : error instanceof Error ? error.stack : error;
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
}

main(process.argv.slice(2)).catch(report);
