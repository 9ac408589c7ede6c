import { posix, relative, resolve, sep } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { runGit } from "../../image/index.js";
import { parseInput, subdirOf } from "../workspace/input.js";
import type { Surroundings } from "../workspace/load-place.js";
import type { NamedInput } from "./load-baselines.js";

/** Where in a repository an input lies. */
export interface Repository {
  /** How an input spells it. */
  readonly path: string;
  /** The input's folder in it, `.` for the whole. */
  readonly subdir: string;
  /** What limits the input, as the folder in the repository spells it. */
  readonly limit: NamedInput["limit"];
  readonly git: (...args: readonly string[]) => Promise<string>;
}

/**
 * Finds the repository of a folder, or of a git input.
 * @throws Proto4Error "usage" for what lies in none on this machine
 */
export async function loadRepository(input: string, { cwd, env }: Surroundings): Promise<Repository> {
  const parsed = parseInput(input);
  const gitIn =
    (folder: string) =>
    (...args: readonly string[]) =>
      runGit(folder, args, env === undefined ? {} : { env });
  if (parsed.kind === "git" && !/^\w+:|@/.test(parsed.path)) {
    const folder = resolve(cwd, parsed.path).replace(/[/\\]\.git$/, "");
    return { path: parsed.path, subdir: subdirOf(parsed), limit: undefined, git: gitIn(folder) };
  }
  if (parsed.kind !== "folder") throw noRepository(input);
  const git = gitIn(resolve(cwd, parsed.path));
  const [up = "", prefix = ""] = await git("rev-parse", "--show-cdup", "--show-prefix").then(
    (text) => text.split("\n"),
    (cause) => Promise.reject(noRepository(input, cause)),
  );
  return {
    path: posix.join(slashed(parsed.path), up, ".git"),
    subdir: posix.normalize(prefix || ".").replace(/(?<=.)\/$/, ""),
    limit: (path) => slashed(relative(resolve(cwd, parsed.path), resolve(cwd, path))) || ".",
    git,
  };
}

function noRepository(input: string, cause?: unknown): Proto4Error {
  return new Proto4Error(
    "usage",
    "--against-last looks for git tags where the input lies, and this is no folder in a git repository: name each " +
      "version by --against, or a registry's by --subject",
    { location: { path: input }, cause },
  );
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
