import { spawn } from "node:child_process";
import { Proto4Error } from "../diagnostics/index.js";
import { compileFailed } from "./compile-failed.js";
import { findBuf } from "./find-buf.js";
import { missingRevision } from "./missing-revision.js";

/** The surroundings in which buf runs; what is left out is the calling process's own. */
export interface BufOptions {
  /** Relative inputs and paths start here. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where compiled slices are kept from run to run; without it, nothing is. */
  readonly cacheFolder?: string | undefined;
  /** Told when buf begins to compile, which may take long; what it returns is called when that is over. */
  readonly onCompile?: ((compiling: Compiling) => () => void) | undefined;
  /** Limits the input to these files or folders: buf's `--path`. */
  readonly paths?: readonly string[];
  /** Leaves these files or folders out: buf's `--exclude-path`. */
  readonly excludePaths?: readonly string[];
  /** A buf.yaml to use in place of the input's, its path or its text: buf's `--config`. */
  readonly config?: string | undefined;
}

/** What buf has begun to compile. */
export interface Compiling {
  readonly input: string;
  /** How many files, where that can be told from outside. */
  readonly count: () => Promise<number | undefined>;
}

/**
 * Runs one buf command on one input.
 * @returns what it wrote on its standard output
 * @throws Proto4Error "compile-failed" when the sources do not compile, "input-unreadable" when buf cannot
 * read the input, "compiler-missing" when there is no buf
 */
export async function runBuf(
  command: "build" | "export" | "ls-files",
  input: string,
  flags: readonly string[],
  options: BufOptions,
): Promise<Uint8Array> {
  const { paths = [], excludePaths = [], config } = options;
  const args = [
    command,
    ...(command === "build" ? ["--error-format", "json"] : []),
    ...(config === undefined ? [] : ["--config", config]),
    ...flags,
    ...paths.flatMap((path) => ["--path", path]),
    ...excludePaths.flatMap((path) => ["--exclude-path", path]),
    "--", // what follows is an input even if it begins with a dash
    input,
  ];
  const { exitCode, stdout, stderr } = await collect(findBuf(), args, options);
  if (exitCode === COMPILE_FAILED) throw compileFailed(input, stderr);
  if (exitCode !== 0) throw unreadable(input, stderr);
  return stdout;
}

interface Outcome {
  readonly exitCode: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** Without a shell; an image on standard output may have hundreds of megabytes. */
function collect(binary: string, args: readonly string[], options: BufOptions): Promise<Outcome> {
  const { cwd, env } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(binary, args, {
      stdio: ["inherit", "pipe", "pipe"],
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env: outsideHooks(env) }),
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
    child.on("error", (cause) => reject(missing(binary, cwd, cause)));
    child.on("close", (exitCode) =>
      resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString().trim() }),
    );
  });
}

/**
 * A git hook's variables would turn buf's clone, and any question to git, into one about the hook's own repository.
 * These are what git itself clears where it enters another one, `git rev-parse --local-env-vars`, but for configuration,
 * by which surroundings say how to reach what is remote.
 * @see https://github.com/bufbuild/buf/issues/3752
 */
export function outsideHooks(env: Readonly<Record<string, string | undefined>>) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !ofRepository.has(name)));
}

const ofRepository: ReadonlySet<string> = new Set([
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_COMMON_DIR",
  "GIT_DIR",
  "GIT_GRAFT_FILE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_INDEX_FILE",
  "GIT_INTERNAL_SUPER_PREFIX",
  "GIT_NAMESPACE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_OBJECT_DIRECTORY",
  "GIT_PREFIX",
  "GIT_REPLACE_REF_BASE",
  "GIT_SHALLOW_FILE",
  "GIT_WORK_TREE",
]);

function missing(binary: string, cwd: string | undefined, cause: Error): Proto4Error {
  const place = cwd === undefined ? "" : ` in ${cwd}`;
  return new Proto4Error(
    "compiler-missing",
    `buf, which compiles .proto files, does not start (${binary}${place}): install it with "npm install @bufbuild/buf" without --omit=optional, or put buf on the PATH`,
    { cause },
  );
}

function unreadable(input: string, stderr: string): Proto4Error {
  const [, name] = /find remote ref (\S+)|Remote branch (\S+) not found/.exec(stderr)?.filter(Boolean) ?? [];
  if (name !== undefined) return missingRevision(input, name, stderr);
  const said = stderr.replace(/^Failure: /m, "") || "buf ended without a word";
  return new Proto4Error(
    "input-unreadable",
    `buf cannot read the input, which must be a folder, image, archive, module or git reference: ${said}`,
    { location: { path: input } },
  );
}

/** buf's exit code for complaints about the sources themselves. */
const COMPILE_FAILED = 100;
