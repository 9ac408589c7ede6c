import { loadImage } from "../../image/index.js";
import { compilePlan, hookUses } from "../../mapping/index.js";
import { createTranslator } from "../../runtime/index.js";
import { buildSchema } from "../../schema/index.js";
import { cacheFolder } from "../cache-folder.js";
import { requireHooks } from "../load-hooks.js";
import { showCompiling } from "../show-progress.js";
import type { Conversion } from "./convert.js";
import { findMessage } from "./find-message.js";
import { type Format, framingOf, makeCodec } from "./formats.js";
import { type Input, openInput } from "./open-input.js";
import { isClosedPipe, type Output, openOutput } from "./open-output.js";
import { createProgress, type Progress } from "./progress.js";
import { createTally, type Tally } from "./tally.js";
import { translateStream } from "./translate-stream.js";

export interface TranslateFlags {
  /** Else down. */
  readonly up?: boolean;
  readonly in: string;
  readonly from?: string;
  readonly to?: string;
  readonly format: Format;
  readonly outputFormat?: Format;
  readonly v3?: string;
  readonly v4?: string;
  readonly trustStash?: boolean;
  readonly keepGoing?: boolean;
  readonly maxBytes: number;
  readonly depthLimit: number;
  readonly hooks?: string;
}

/**
 * Carries the messages of a file or of standard input, and tells on stderr what came of it.
 * @param name of the message
 * @throws Proto4Error where the contract, the input or the output cannot be worked with
 */
export async function translateMessages(name: string, flags: TranslateFlags): Promise<void> {
  const prepared = await prepare(name, flags);
  const input = await openInput(flags.from);
  const output = await openOutput(flags.to);
  try {
    await carry(input, output, prepared, flags);
  } catch (error) {
    await output.abandon();
    if (!isClosedPipe(error)) throw error;
  }
}

/** What does not depend on the messages. */
interface Prepared {
  readonly conversion: Conversion;
  /** Full name of the message as it comes in. */
  readonly from: string;
  /** Full name of the message as it goes out. */
  readonly to: string;
}

async function prepare(name: string, flags: TranslateFlags): Promise<Prepared> {
  const { env, platform } = process;
  const image = await loadImage(flags.in, {
    env,
    cacheFolder: cacheFolder(env, platform),
    onCompile: showCompiling,
  });
  const { mapping, message } = findMessage(buildSchema(image.files), name, flags);
  const [v3, v4] = [message.v3.fullName, message.v4.fullName];
  const [from, to] = flags.up ? [v3, v4] : [v4, v3];
  const hooks = await requireHooks(flags.hooks, hookUses(mapping, [message]));
  const { format, outputFormat = format, maxBytes, depthLimit } = flags;
  const conversion: Conversion = {
    translator: createTranslator(compilePlan(mapping), v3, { hooks }),
    direction: flags.up ? "up" : "down",
    options: { stash: flags.trustStash ? "trust" : "strip", maxBytes, depthLimit },
    ...(await makeCodec({ format, outputFormat, from, to }, image)),
  };
  return { conversion, from, to };
}

async function carry(
  input: Input,
  output: Output,
  { conversion, from, to }: Prepared,
  { format, maxBytes, keepGoing = false, to: target }: TranslateFlags,
): Promise<void> {
  const progress = watch(input, target === undefined);
  const tell = (line: string) => {
    progress?.clear();
    process.stderr.write(`${line}\n`);
  };
  const tally = createTally({ source: input.name, keepGoing, tell });
  const framing = framingOf(format, maxBytes);
  const onRead = (bytes: number) => progress?.update(bytes, tally.translated);
  try {
    await translateStream({ chunks: input.chunks, framing, conversion, tally, write: output.write, onRead });
    await output.commit();
  } finally {
    progress?.clear();
  }
  tell(summary(tally, from, to));
  if (tally.failed > 0) process.exitCode = 100;
}

/** Where somebody watches, unless it is the messages that they watch. */
function watch(input: Input, isShown: boolean): Progress | undefined {
  const { stdout, stderr } = process;
  if (!stderr.isTTY || (isShown && stdout.isTTY)) return undefined;
  const write = (text: string) => stderr.write(text);
  return createProgress({ input, now: () => performance.now(), write, columns: stderr.columns || 80 });
}

/** `1204 messages of shop.v3.User became shop.v4.User, 2 could not be`, and what was lost. */
function summary(tally: Tally, from: string, to: string): string {
  const { translated, failed } = tally;
  const count = translated === 1 ? "1 message" : `${translated} messages`;
  const failures = failed === 0 ? "" : `, ${failed} could not be carried`;
  const losses = tally.losses();
  const lost = losses.length === 0 ? [] : ["not everything could be kept:", ...losses];
  return [`${count} of ${from} became ${to}${failures}`, ...lost].join("\n");
}
