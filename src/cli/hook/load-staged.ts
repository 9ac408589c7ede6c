import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";
import { Proto4Error } from "../../diagnostics/index.js";

/** What is about to be committed, and what it is compared with. */
export interface Staged {
  /** The folder that all work trees share, which buf clones from. */
  readonly repository: string;
  /** The folder one stands in, from the root of the work tree; empty for the root. */
  readonly prefix: string;
  /** A commit's id; `undefined` where there is none yet. */
  readonly before: string | undefined;
  /** Whether anything differs that protobuf is made of, or that judges it. */
  readonly isTouched: boolean;
  /** Whether a commit has such a file. */
  has(commit: string, path: string): boolean;
  /** Whether a commit has .proto files below a folder. */
  hasProtos(commit: string, folder: string): boolean;
  /** Whether .proto files are staged below a folder. */
  stagesProtos(folder: string): boolean;
  /** Writes what is staged into a folder. */
  writeTo(folder: string): void;
}

/**
 * Looks at git's index. Within a hook git names another one where only a part is committed: so the environment counts,
 * here and nowhere else.
 * @param against a revision; the commit where the branch left it is what is compared with
 * @throws Proto4Error "usage" where there is no repository or revision
 */
export function loadStaged(against: string | undefined): Staged {
  const top = oneOf(ask(".", "rev-parse", "--show-toplevel"));
  const git = (...args: readonly string[]) => ask(top, ...args);
  const before = commitBefore(git, against);
  const list = (...args: readonly string[]) =>
    git(...args)
      .split("\0")
      .filter(Boolean);
  const below = (commit: string, ...paths: readonly string[]) =>
    list("ls-tree", "-r", "-z", "--name-only", "--full-tree", commit, "--", ...paths);
  return {
    repository: oneOf(git("rev-parse", "--path-format=absolute", "--git-common-dir")),
    prefix: oneOf(ask(".", "rev-parse", "--show-prefix")).replace(/\/$/, ""),
    before,
    isTouched:
      before !== undefined && list("diff-index", "--cached", "--name-only", "-z", before).some(isProtobuf),
    has: (commit, path) => below(commit, path).includes(path),
    hasProtos: (commit, folder) => below(commit, ...(folder === "." ? [] : [folder])).some(isProto),
    stagesProtos: (folder) =>
      list("--literal-pathspecs", "ls-files", "-z", "--cached", "--", folder).some(isProto),
    writeTo: (folder) => {
      const files = list("ls-files", "-z", "--cached").filter((path) => isProtobuf(path) || isYaml(path));
      if (files.length === 0) return;
      const input = `${files.join("\0")}\0`;
      const checkOut = (...flags: readonly string[]) =>
        ask(top, { input }, "checkout-index", "-z", "--stdin", `--prefix=${join(folder, "/")}`, ...flags);
      try {
        checkOut();
      } catch (error) {
        // Newer versions of git refuse what a sparse checkout leaves out; elder ones do not know the flag.
        if (attempt(() => checkOut("--force", "--ignore-skip-worktree-bits")) === undefined) throw error;
      }
    },
  };
}

type Git = (...args: readonly string[]) => string;

function commitBefore(git: Git, against: string | undefined): string | undefined {
  const head = attempt(() => git("rev-parse", "--verify", "--quiet", "HEAD^{commit}"));
  if (head === undefined || against === undefined) return head === undefined ? undefined : oneOf(head);
  const base = attempt(() => git("merge-base", "HEAD", `${against}^{commit}`));
  if (base !== undefined) return oneOf(base);
  throw new Proto4Error(
    "usage",
    `--against ${against}: there is no such revision, or it has nothing in common with HEAD; git fetch may bring it`,
  );
}

function isProto(path: string): boolean {
  return path.endsWith(".proto");
}

/** What buf compiles, and what tells it and proto4 how. */
function isProtobuf(path: string): boolean {
  return /\.proto$|^buf(\.work)?\.yaml$|^buf\.(lock|mod)$|^proto4.*\.yaml$/.test(basename(path));
}

/** Waivers and baselines may have any name. */
function isYaml(path: string): boolean {
  return /\.ya?ml$/.test(path);
}

function ask(folder: string, ...args: readonly (string | { readonly input: string })[]): string {
  const words = args.filter((arg) => typeof arg === "string");
  const { input } = args.find((arg) => typeof arg === "object") ?? {};
  try {
    return execFileSync("git", ["-C", folder, ...words], {
      encoding: "utf8",
      maxBuffer: 1 << 30,
      stdio: "pipe",
      ...(input === undefined ? {} : { input }),
    });
  } catch (cause) {
    const { stderr, message } = cause as { stderr?: string; message: string };
    throw new Proto4Error("usage", `git ${words[0]} says: ${stderr?.trim() || message}`, { cause });
  }
}

function attempt(action: () => string): string | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function oneOf(said: string): string {
  return said.replace(/\n$/, "");
}
