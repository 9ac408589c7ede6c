import { formatErrors, Proto4Error } from "../../diagnostics/index.js";
import type { Finding } from "../../rules/index.js";
import { WireError } from "../../wire/index.js";
import { failureNote, response } from "./constants.js";
import { encode, repeated } from "./encode.js";
import { judgeRequest, type Sides, sidesOf } from "./judge-request.js";
import { loadPluginOptions } from "./plugin-options.js";
import { type CheckRequest, readCheckRequest } from "./read-request.js";
import { makeFileLocations } from "./source-paths.js";

/** What the process around knows. */
export interface PluginSurroundings {
  /** yyyy-mm-dd */
  readonly today: string;
  /** Where buf was started: paths in options begin there. */
  readonly cwd: string;
  /** Takes what is for whoever mends proto4. */
  log(text: string): void;
}

/**
 * Answers a call of Check.
 * @returns a `pluginrpc.v1.Response`. What the configuration says wrongly is an error in it, which buf shows in place of
 * everything, as it does for its own configuration; whatever else goes wrong is an annotation beside buf's own.
 */
export async function answerCheck(bytes: Uint8Array, surroundings: PluginSurroundings): Promise<Uint8Array> {
  try {
    return await annotate(readCheckRequest(bytes), surroundings);
  } catch (error) {
    if (error instanceof WireError) return refusal(`this is no request that buf makes: ${error.message}`);
    if (error instanceof Proto4Error && error.code === "config-invalid") return refusal(formatErrors(error));
    return response("CheckResponse", encode([1, bugNote(error, surroundings)]));
  }
}

async function annotate(request: CheckRequest, surroundings: PluginSurroundings): Promise<Uint8Array> {
  const options = await loadPluginOptions(request.options, surroundings);
  const annotations = annotationsOf(request, options, surroundings);
  return response("CheckResponse", encode(...repeated(1, annotations)));
}

function annotationsOf(
  request: CheckRequest,
  options: Awaited<ReturnType<typeof loadPluginOptions>>,
  { today }: PluginSurroundings,
): readonly Uint8Array[] {
  let sides: Sides = { before: { files: [] }, after: { files: request.files } };
  try {
    sides = sidesOf(request);
    return toAnnotations(judgeRequest(request, sides, options, today), sides);
  } catch (error) {
    if (error instanceof Proto4Error) return failureNotes(error, sides);
    throw error;
  }
}

/** `buf.plugin.check.v1.Annotation` of each finding. */
function toAnnotations(findings: readonly Finding[], { before, after }: Sides): readonly Uint8Array[] {
  const [locateBefore, locateAfter] = [makeFileLocations(before), makeFileLocations(after)];
  return findings.map((finding) =>
    encode(
      [1, finding.rule],
      [2, sentence(finding)],
      [3, locateAfter(finding.at)],
      [4, locateBefore(finding.before)],
    ),
  );
}

/** On one line, as buf prints it. */
function sentence({ message, suggestion }: Finding): string {
  if (suggestion.length === 0) return message;
  return `${message}; do this: ${suggestion.map((line) => line.trim().replace(/ {2,}/g, " ")).join(" ")}`;
}

/** What keeps the sources from being judged, such as terms that are no terms, where it stands. */
function failureNotes(error: Proto4Error, { after }: Sides): readonly Uint8Array[] {
  const paths = new Set(after.files.map(({ path }) => path));
  const locate = makeFileLocations(after);
  return (error.problems.length === 0 ? [error] : error.problems).map(({ message, location }) => {
    const isHere = location !== undefined && paths.has(location.path);
    const where = isHere || location === undefined ? "" : `${location.path}: `;
    // A file that has no position may be one that does not even decode.
    const at = location?.startLine === undefined ? encode([1, location?.path]) : locate(location);
    return failureNote(`proto4 has judged nothing: ${where}${message}`, isHere ? at : undefined);
  });
}

function bugNote(error: unknown, { log }: PluginSurroundings): Uint8Array {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  log(`${stack}\n`);
  return failureNote(
    `proto4 has judged nothing, by a mistake of its own: ${message}; please report it with what stands above`,
  );
}

/** An error of the protocol, of code INVALID_ARGUMENT. */
function refusal(message: string): Uint8Array {
  return encode([2, encode([1, 3], [2, message])]);
}
