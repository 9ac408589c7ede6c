import { Command, InvalidArgumentError, Option } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import { defaultDepthLimit, maxDepthLimit } from "../wire/index.js";
import { formats } from "./translate/formats.js";
import { type TranslateFlags, translateMessages } from "./translate/translate-messages.js";

/** `proto4 translate`: exit code 0; 100 where --keep-going passed over messages; 1 for errors. */
export function makeCommand(): Command {
  return new Command("translate")
    .description("Carry stored or streamed messages from one generation to the other.")
    .argument("<message>", "full name in either generation, or its name in the two packages")
    .addOption(new Option("--up", "from the elder generation to the newer one").conflicts("down"))
    .option("--down", "from the newer generation to the elder one")
    .option("--in <input>", "the contract: folder, image, archive, module or git reference", ".")
    .option("--from <file>", "messages to read (default: standard input)")
    .option("--to <file>", "where to write them; there only when all is done (default: standard output)")
    .addOption(new Option("--format <format>", "how messages come").choices(formats).default("delimited"))
    .addOption(new Option("--output-format <format>", "how they go (default: as they come)").choices(formats))
    .option("--v3 <package>", "the elder package, where names do not tell")
    .option("--v4 <package>", "the newer package, where names do not tell")
    .option("--trust-stash", "restore from stashes: who wrote the input is trusted")
    .option("--keep-going", "pass over messages that cannot be translated, and tell them")
    .option("--max-bytes <n>", "longest message that is accepted", count, 64 * 1024 * 1024)
    .option(
      "--depth-limit <n>",
      `deepest nesting that is accepted, up to ${maxDepthLimit}`,
      depth,
      defaultDepthLimit,
    )
    .option("--hooks <file>", "the user code that hooks name: an ES module that exports each by its name")
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
Formats: delimited has the length before each message, as protobuf libraries write streams; single is one
message and nothing else; json is protobuf JSON, a message a line, which carries neither stash nor unknown fields.

Exit codes: 0 all is translated, 1 an error, at which --to is left as it was, 100 all but what --keep-going passed over.

Examples:
  proto4 translate shop.v3.User --up --from users.bin --to users-v4.bin
  proto4 translate shop.v4.User --down --trust-stash < users-v4.bin > users.bin
  proto4 translate User --v3 shop.v3 --v4 shop.v4 --up --in shop.binpb --from users.bin --output-format json`;

interface Options extends TranslateFlags {
  readonly down?: boolean;
}

async function run(name: string, options: Options): Promise<void> {
  checkUsage(options);
  await translateMessages(name, options);
}

function checkUsage({ up, down, in: contract, from, to, format, outputFormat = format }: Options): void {
  if (!up && !down) throw usage("say which way: --up to the newer generation, or --down to the elder one");
  if (contract.startsWith("-") && from === undefined)
    throw usage("contract and messages cannot both come from standard input: give --from FILE");
  if (outputFormat !== "json" && to === undefined && process.stdout.isTTY)
    throw usage("a terminal cannot show binary messages: give --to FILE, a pipe, or --output-format json");
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}

function count(text: string): number {
  if (/^[1-9]\d{0,9}$/.test(text) && Number(text) < 2 ** 31) return Number(text);
  // No protobuf library takes a longer message.
  throw new InvalidArgumentError("Give a number from 1 to 2147483647.");
}

function depth(text: string): number {
  if (/^[1-9]\d{0,2}$/.test(text) && Number(text) <= maxDepthLimit) return Number(text);
  throw new InvalidArgumentError(`Give a number from 1 to ${maxDepthLimit}: deeper ones overflow the stack.`);
}
