import { Command } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import { loadWorkspace, targetOf, unwaive, type WaiversFile } from "../gate/index.js";
import type { Comparison } from "./comparison.js";
import { rewriteWaivers } from "./rewrite-waivers.js";
import { readTarget, type TargetOptions, withTarget } from "./waiver-target.js";
import { writableWaivers } from "./writable-waivers.js";

/** `proto4 unwaive`: exit code 0, 1 for errors. */
export function makeCommand(): Command {
  const command = new Command("unwaive").description(
    "Accept a finding no longer: the inverse of proto4 waive.",
  );
  return withTarget(command)
    .argument("[input]", "folder or image whose proto4.waivers.yaml is meant", ".")
    .option("--config <buf.yaml>", "a buf.yaml in place of the input's: its path, or its text")
    .option("--policy <proto4.yaml>", "a proto4.yaml in place of the input's")
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
Examples:
  proto4 unwaive 3ac8ce819ef3
  proto4 unwaive proto --rule FIELD_SAME_TYPE --symbol shop.v1.User.age`;

type Options = TargetOptions & Pick<Comparison, "config" | "policy">;

async function run(first: string | undefined, second: string | undefined, options: Options): Promise<void> {
  const { target, input } = readTarget([first, second], options);
  const { config, policy } = options;
  const workspace = await loadWorkspace(input, { cwd: process.cwd(), env: process.env, config, policy });
  const file = writableWaivers(workspace);
  // What proto4 waive began goes with its last waiver.
  await rewriteWaivers(file, (text) => {
    if (text === undefined) throw nothingThere(file);
    return unwaive(text, file.path, targetOf(target));
  });
  process.stdout.write(`${file.path} accepts ${targetOf(target)} no longer\n`);
}

function nothingThere({ path }: WaiversFile): Proto4Error {
  return new Proto4Error("usage", "there is no such file, so that nothing is waived", { location: { path } });
}
