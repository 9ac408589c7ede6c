import { Command } from "commander";
import { version } from "./version.js";

interface Entry {
  /** Under which it stands in `proto4 --help`. */
  readonly group: string;
  readonly load: () => Promise<{ makeCommand(): Command }>;
}

const judge = "Judge what changed:";
const carry = "Carry data between generations:";
const begin = "Begin:";
const record = "Keep the record:";

/** Only what is asked for is loaded: most of a short command's time would go into modules it does not use. */
const commands: Readonly<Record<string, Entry>> = {
  init: { group: begin, load: () => import("./init.js") },
  hook: { group: begin, load: () => import("./hook.js") },
  completion: { group: begin, load: () => import("./completion.js") },
  check: { group: judge, load: () => import("./check.js") },
  explain: { group: judge, load: () => import("./explain.js") },
  waive: { group: judge, load: () => import("./waive.js") },
  unwaive: { group: judge, load: () => import("./unwaive.js") },
  baseline: { group: judge, load: () => import("./baseline.js") },
  changelog: { group: judge, load: () => import("./changelog.js") },
  lifecycle: { group: judge, load: () => import("./lifecycle.js") },
  map: { group: carry, load: () => import("./map.js") },
  translate: { group: carry, load: () => import("./translate.js") },
  registry: { group: record, load: () => import("./registry.js") },
};

/** The program with the commands that these arguments need: mostly one; for help and completion all of them. */
export async function loadProgram(args: readonly string[]): Promise<Command> {
  const program = new Command("proto4")
    .description("Lets two generations of a protobuf contract live side by side.")
    .version(version())
    .helpCommand(false)
    .addHelpText("after", examples);
  for (const { group, load } of wanted(args))
    program.addCommand((await load()).makeCommand().helpGroup(group));
  return asksHelp(args) ? (await import("./manual/with-manual.js")).withManual(program) : program;
}

/** The command that is named; to help and to correct, all of them; for the version none. */
function wanted(args: readonly string[]): readonly Entry[] {
  const named = args.find((arg) => !arg.startsWith("-")) ?? "";
  if (named !== "completion" && Object.hasOwn(commands, named)) return [commands[named]!];
  return ["-V", "--version"].includes(args[0] ?? "") ? [] : Object.values(commands);
}

/** Also by naming a group of commands and none in it. */
function asksHelp(args: readonly string[]): boolean {
  return args.length < 2 || args.some((arg) => arg === "-h" || arg === "--help");
}

const examples = `
proto4 COMMAND --help tells more, with examples.

Examples:
  proto4 init
  proto4 check --against .git#branch=main
  proto4 check proto --against release.binpb --category WIRE_JSON --format json
  proto4 translate shop.v3.User --up --from users.bin --to users-v4.bin`;
