import { answerCheck, type PluginSurroundings } from "./answer-check.js";
import { categoryList, procedures, protocol, ruleList, spec } from "./constants.js";
import { constantsJson } from "./constants-json.js";
import { encode } from "./encode.js";

/** How a call of the plug-in ends. */
interface PluginAnswer {
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly code: number;
}

/**
 * Answers what buf asks a check plug-in, by the protocol that its arguments speak.
 * @param args of the command line
 * @param readInput asked for only where there is something to read
 * @see https://github.com/pluginrpc/pluginrpc
 */
export async function answerPlugin(
  args: readonly string[],
  readInput: () => Promise<Uint8Array>,
  surroundings: PluginSurroundings,
): Promise<PluginAnswer> {
  const { flags, words, format } = readArgs(args);
  if (flags.join() === "--protocol" && words.length === 0) return printed(protocol);
  const asked = flags.join() === "--spec" && words.length === 0 ? "spec" : procedureOf(flags, words);
  if (asked === undefined || !["binary", "json"].includes(format)) return misused;
  if (asked === "check")
    return printed(format === "json" ? onlyBinary : await answerCheck(await readInput(), surroundings));
  if (format === "json") return printed(Buffer.from(`${JSON.stringify(constantsJson[asked]())}\n`));
  return printed(constants[asked]());
}

const constants = { spec, "list-rules": ruleList, "list-categories": categoryList } as const;

/** By its arguments, or by its path where nobody has asked for the spec. */
function procedureOf(flags: readonly string[], [word, ...others]: readonly string[]) {
  if (flags.length > 0 || others.length > 0) return undefined;
  return procedures.find(({ path, args: [name] }) => word === path || word === name)?.args[0];
}

function readArgs(args: readonly string[]) {
  const spelled = args.flatMap((arg) => (arg.startsWith("--format=") ? arg.split("=", 2) : [arg]));
  const at = spelled.indexOf("--format");
  const rest = at < 0 ? spelled : spelled.toSpliced(at, 2);
  return {
    flags: rest.filter((arg) => arg.startsWith("-")),
    words: rest.filter((arg) => !arg.startsWith("-")),
    format: at < 0 ? "binary" : (spelled[at + 1] ?? ""),
  };
}

function printed(stdout: Uint8Array): PluginAnswer {
  return { stdout, stderr: "", code: 0 };
}

/** A descriptor's JSON is read with the definitions of all its options at hand, which are in it: no caller does that. */
const onlyBinary: Uint8Array = Buffer.from(
  `${JSON.stringify({ error: { code: "CODE_UNIMPLEMENTED", message: "check answers --format binary only" } })}\n`,
);

const misused: PluginAnswer = {
  stdout: encode(),
  stderr:
    "buf starts this: name it in buf.yaml, which is of version v2, under plugins: [{plugin: buf-plugin-proto4}], " +
    "and run buf breaking or buf lint\n",
  code: 1,
};
