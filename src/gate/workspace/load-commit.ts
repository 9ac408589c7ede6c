import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";
import { missingRevision, outsideHooks } from "../../image/index.js";
import type { Input } from "./input.js";
import { memoryTree, type SourceTree } from "./source-tree.js";

type Env = Readonly<Record<string, string | undefined>> | undefined;
type Git = (...args: readonly string[]) => string;

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
    git("rev-parse", "--git-dir");
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
  const options = { ...surroundings, encoding: "utf8", maxBuffer: 1 << 30, stdio: "pipe" } as const;
  return (...args) => execFileSync("git", ["-C", folder, ...args], options);
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
    git("rev-parse", "--quiet", "--verify", "--end-of-options", `${name}^{commit}`);
    return true;
  } catch {
    return false;
  }
}

function commitTree(git: Git, revision: string): SourceTree {
  const files = new Set(git("ls-tree", "-r", "-z", "--name-only", "--full-tree", revision).split("\0"));
  return {
    read: (path) => (files.has(path) ? git("cat-file", "blob", `${revision}:${path}`) : undefined),
    has: (path) => files.has(path),
  };
}

/** Keeps the names of all files and the text of those that configure. */
function readRemote(input: Input, env: Env): SourceTree {
  const folder = mkdtempSync(join(tmpdir(), "proto4-git-"));
  const git = gitIn(folder, env);
  try {
    git("init", "--quiet", "--bare");
    git("fetch", "--quiet", "--depth", "1", "--end-of-options", input.path, nameOf(input) ?? "HEAD");
    const files = git("ls-tree", "-r", "-z", "--name-only", "FETCH_HEAD").split("\0").filter(Boolean);
    const read = (path: string) =>
      /^(buf|buf\.work|proto4)\.yaml$/.test(basename(path))
        ? git("cat-file", "blob", `FETCH_HEAD:${path}`)
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
