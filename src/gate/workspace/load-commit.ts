import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { missingRevision, outsideHooks } from "../../image/index.js";
import type { Input } from "./input.js";
import { memoryTree, type SourceTree } from "./source-tree.js";

type Env = Readonly<Record<string, string | undefined>> | undefined;

/** A repository's git. */
interface Git {
  readonly ask: (...args: readonly string[]) => string;
  /** Objects by their names, as `cat-file --batch` tells them. */
  readonly batch: (names: readonly string[]) => Buffer;
}

/**
 * The files of one commit of a repository, which may be a remote one.
 * @throws Proto4Error "input-unreadable" when there is no such repository or revision
 */
export function loadCommit(input: Input, cwd: string, env: Env): SourceTree {
  if (/^(https?|ssh|git):\/\/|^[\w.-]+@[\w.-]+:/.test(input.path)) return readRemote(input, env);
  const git = openGit(resolve(cwd, input.path.replace(/^file:\/\//, "")), input.path, env);
  const revision = revisionsOf(input).find((name) => isCommit(git, name));
  if (revision === undefined) throw missingRevision(input.path, nameOf(input) ?? "HEAD");
  return commitTree(git, revision);
}

/** In a second work tree, `.git` is a file. */
function openGit(path: string, written: string, env: Env): Git {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  const git = gitIn(isFile ? dirname(path) : path, env);
  try {
    git.ask("rev-parse", "--git-dir");
  } catch (cause) {
    throw new Proto4Error("input-unreadable", `this is no git repository: ${saidBy(cause)}`, {
      location: { path: written },
      cause,
    });
  }
  return git;
}

function gitIn(folder: string, env: Env): Git {
  const surroundings = env === undefined ? {} : { env: outsideHooks(env) };
  const options = { ...surroundings, maxBuffer: 1 << 30, stdio: "pipe" } as const;
  return {
    ask: (...args) => execFileSync("git", ["-C", folder, ...args], { ...options, encoding: "utf8" }),
    batch: (names) =>
      execFileSync("git", ["-C", folder, "cat-file", "--batch"], { ...options, input: names.join("\n") }),
  };
}

/** Where buf would look, in its order. */
function revisionsOf(input: Input): readonly string[] {
  const branch = input.options.get("branch");
  const name = nameOf(input) ?? "HEAD";
  return branch === undefined ? [name] : [`refs/heads/${branch}`, name];
}

function nameOf({ options }: Input): string | undefined {
  return options.get("ref") ?? options.get("commit") ?? options.get("branch") ?? options.get("tag");
}

function isCommit(git: Git, name: string): boolean {
  try {
    git.ask("rev-parse", "--quiet", "--verify", "--end-of-options", `${name}^{commit}`);
    return true;
  } catch {
    return false;
  }
}

/** Sources are read with those that follow them: who asks for one asks for more, and each start of git takes its time. */
function commitTree(git: Git, revision: string): SourceTree {
  const files = new Set(git.ask("ls-tree", "-r", "-z", "--name-only", "--full-tree", revision).split("\0"));
  // A line is a question, so a name of two lines is asked for by itself.
  const sources = [...files].filter((path) => path.endsWith(".proto") && !path.includes("\n"));
  const places = new Map(sources.map((path, place) => [path, place]));
  const known = new Map<string, string | undefined>();
  const readFrom = (place: number) => {
    const paths = sources.slice(place, place + AHEAD);
    const names = paths.map((path) => `${revision}:${path}`);
    readBlobs(git.batch(names)).forEach((text, at) => {
      known.set(paths[at]!, text);
    });
  };
  return {
    read: (path) => {
      if (!files.has(path)) return undefined;
      const place = places.get(path);
      if (place === undefined) return git.ask("cat-file", "blob", `${revision}:${path}`);
      if (!known.has(path)) readFrom(place);
      return known.get(path);
    },
    has: (path) => files.has(path),
  };
}

/**
 * What `git cat-file --batch` answers for each name: a line with id, type and size, then the bytes and a line break; a
 * line alone for what the repository does not have, such as a submodule's commit.
 */
function readBlobs(answer: Buffer): readonly (string | undefined)[] {
  const texts: (string | undefined)[] = [];
  for (let at = 0; at < answer.length; ) {
    const start = answer.indexOf("\n", at) + 1;
    const size = / blob (\d+)$/.exec(answer.toString("latin1", at, start - 1))?.[1];
    const end = start + Number(size ?? -1);
    texts.push(size === undefined ? undefined : answer.toString("utf8", start, end));
    at = end + 1;
  }
  return texts;
}

const AHEAD = 100;

/** Keeps the names of all files and the text of those that configure. */
function readRemote(input: Input, env: Env): SourceTree {
  const folder = mkdtempSync(join(tmpdir(), "proto4-git-"));
  const git = gitIn(folder, env);
  try {
    git.ask("init", "--quiet", "--bare");
    git.ask("fetch", "--quiet", "--depth", "1", "--end-of-options", input.path, nameOf(input) ?? "HEAD");
    const files = git.ask("ls-tree", "-r", "-z", "--name-only", "FETCH_HEAD").split("\0").filter(Boolean);
    const read = (path: string) =>
      /^(buf|buf\.work|proto4)\.yaml$/.test(basename(path))
        ? git.ask("cat-file", "blob", `FETCH_HEAD:${path}`)
        : "";
    return memoryTree(new Map(files.map((path) => [path, Buffer.from(read(path))])));
  } catch (cause) {
    throw new Proto4Error("input-unreadable", `git cannot fetch it: ${saidBy(cause)}`, {
      location: { path: input.path },
      cause,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function saidBy(cause: unknown): string {
  const { stderr, message } = cause as { stderr?: string; message: string };
  return stderr?.trim() || message;
}
