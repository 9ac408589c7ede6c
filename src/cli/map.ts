import { randomInt } from "node:crypto";
import { Command, InvalidArgumentError, Option } from "commander";
import { formatError, Proto4Error } from "../diagnostics/index.js";
import {
  type Certificate,
  type CertificateFormat,
  certificateFormats,
  certify,
  composeMappings,
  hookUses,
  type Mapping,
  mapChain,
  mapSchema,
  type Proof,
  prove,
  renderCertificate,
  renderProof,
  selectMessages,
} from "../mapping/index.js";
import type { Hooks } from "../runtime/index.js";
import { loadHooks } from "./load-hooks.js";
import { type LoadedPair, loadPair } from "./load-pair.js";
import { tellUndeclaredLosses } from "./undeclared-losses.js";
import { write } from "./write.js";

/** `proto4 map`: exit code 0, 100 for what cannot be mapped and for losses at the bar, 1 for everything else. */
export function makeCommand(): Command {
  return new Command("map")
    .description("Show what becomes of each field between two generations, and what is lost on the way.")
    .argument("<v3-or-v4>", "the elder package or input; alone, the newer one, whose elder is found")
    .argument("[v4]", "the newer package or input")
    .argument("[later...]", "with --chain, the packages that follow")
    .option("--chain", "what several generations lose together, from the eldest package to the newest")
    .option("--in <input>", "where the packages are (default: .)", collect)
    .addOption(
      new Option("--format <format>", "how to print the certificate")
        .choices(certificateFormats)
        .default("text"),
    )
    .option("--out <file>", "write it to a file")
    .option("--message <name>", "show only this message, by full name or its last parts", collect)
    .addOption(
      new Option("--fail-on <what>", "loss: fail where the sources do not declare a loss")
        .choices(["loss", "never"])
        .default("never"),
    )
    .option("--prove <n>", "prove it on N generated messages of each type and side", count)
    .option("--seed <s>", "generate the messages that this seed gave before", seed)
    .option("--hooks <file>", "the user code that hooks name: an ES module that exports each by its name")
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
V3 and V4 are packages of the input, or inputs themselves: folders, files, images, git references. Options --in and
--message may be given several times. What cannot be mapped at all fails always.

Examples:
  proto4 map shop.v4
  proto4 map shop.v3 shop.v4 --in proto --fail-on loss
  proto4 map release.binpb proto/shop/v4 --format markdown --out loss.md
  proto4 map shop.v4 --prove 1000 --seed 42
  proto4 map --chain shop.v1 shop.v2 shop.v3 shop.v4
  proto4 map shop.v4 --prove 1000 --hooks hooks.mjs
  proto4 map shop.v4 --message User --format svg --out user.svg`;

interface Options {
  readonly chain?: true;
  readonly in?: readonly string[];
  readonly format: CertificateFormat;
  readonly out?: string;
  readonly message?: readonly string[];
  readonly failOn: "loss" | "never";
  readonly prove?: number;
  readonly seed?: number;
  readonly hooks?: string;
}

async function run(
  first: string,
  second: string | undefined,
  later: readonly string[],
  options: Options,
): Promise<void> {
  if (options.chain) return runChain([first, ...(second === undefined ? [] : [second]), ...later], options);
  if (later.length > 0) throw new Proto4Error("usage", "more than two packages are mapped with --chain");
  const [v3, v4] = second === undefined ? [undefined, first] : [first, second];
  const pair = await loadPair({ v3, v4, inputs: options.in });
  const mapping = map(pair);
  if (mapping === undefined) return;
  const hooks = await chooseHooks(mapping, options);
  const certificate = select(certify(mapping, hooks), options.message);
  const proof = await proveIt(mapping, certificate, hooks, options);
  await print(renderCertificate(certificate, options.format, proof), options.out);
  if (proof !== undefined && options.format === "svg") process.stderr.write(renderProof(proof));
  if (proof?.types.some(({ failure }) => failure !== undefined)) process.exitCode = 100;
  if (options.failOn === "loss" && tellUndeclaredLosses(certificate)) process.exitCode = 100;
}

async function runChain(packages: readonly string[], options: Options): Promise<void> {
  if (options.prove !== undefined)
    throw new Proto4Error("usage", "--prove is for a pair: what each pair of a chain holds, the chain does");
  if (options.hooks !== undefined)
    throw new Proto4Error(
      "usage",
      "--hooks is for a pair: a name may stand for other code in each of a chain",
    );
  const [first, last] = [packages[0]!, packages.at(-1)!];
  if (packages.length < 2)
    throw new Proto4Error("usage", "name the packages of the chain, from the eldest to the newest");
  const { schema, v3, v4 } = await loadPair({ v3: first, v4: last, inputs: options.in });
  const between = packages.slice(1, -1);
  const mappings = attempt(() => mapChain(schema, [v3, ...between, v4]));
  if (mappings === undefined) return;
  const certificate = select(composeMappings(mappings), options.message);
  await print(renderCertificate(certificate, options.format), options.out);
  if (options.failOn === "loss" && tellUndeclaredLosses(certificate)) process.exitCode = 100;
}

function map({ schema, v3, v4 }: LoadedPair): Mapping | undefined {
  return attempt(() => mapSchema(schema, { v3, v4 }));
}

/** A mapping that cannot be made is an answer, not a failure to answer. */
function attempt<Result>(make: () => Result): Result | undefined {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Proto4Error) || !error.code.startsWith("mapping-")) throw error;
    for (const problem of problemsOf(error)) process.stderr.write(`${formatError(problem)}\n`);
    process.exitCode = 100;
    return undefined;
  }
}

/** Those of the messages that are asked for. */
async function chooseHooks(mapping: Mapping, { hooks, message }: Options): Promise<Hooks> {
  if (hooks === undefined) return {};
  const asked = new Set(select(certify(mapping), message).messages.map(({ v4 }) => v4));
  const roots = mapping.messages.filter(({ v4 }) => asked.has(v4.fullName));
  return loadHooks(hooks, hookUses(mapping, roots));
}

async function proveIt(
  mapping: Mapping,
  { messages }: Certificate,
  hooks: Hooks,
  { prove: runs, seed = randomInt(2 ** 31) }: Options,
): Promise<Proof | undefined> {
  if (runs === undefined) return undefined;
  const asked = new Set(messages.map(({ v4 }) => v4));
  // On a terminal only: logs keep what came of it.
  if (process.stderr.isTTY) process.stderr.write(`proving ${asked.size} pairs of messages …\n`);
  return prove(mapping, { runs, seed, hooks, only: (v4) => asked.has(v4) });
}

/** All that is wrong, where the error holds more than what it says first. */
function problemsOf(error: Proto4Error): readonly Proto4Error[] {
  return error.problems.length === 0 ? [error] : error.problems;
}

function select(certificate: Certificate, names: readonly string[] | undefined): Certificate {
  if (names === undefined) return certificate;
  for (const name of names)
    if (selectMessages(certificate, [name]).messages.length === 0)
      throw new Proto4Error(
        "usage",
        `no pair of messages is called ${name}; without --message all of them are shown`,
      );
  return selectMessages(certificate, names);
}

async function print(text: string, out: string | undefined): Promise<void> {
  if (out === undefined) process.stdout.write(text);
  else await write(out, text);
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function count(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a number from 1 to 9999999.");
}

function seed(text: string): number {
  if (/^-?\d{1,10}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give a whole number, as a proof prints it.");
}
