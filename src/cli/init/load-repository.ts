import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { runGit } from "../../image/index.js";

/** What git knows of a folder. */
export interface Repository {
  /** The root of its work tree; `undefined` where it is in none. */
  readonly top: string | undefined;
  readonly branch: string;
  readonly remotes: readonly string[];
}

export async function loadRepository(folder: string): Promise<Repository> {
  const at = nearest(folder);
  const [top] = await ask(at, "rev-parse", "--show-toplevel");
  if (top === undefined) return { top, branch: "main", remotes: [] };
  return { top, branch: await branchOf(top), remotes: await remotesOf(top) };
}

/** A folder that is not there yet will lie in the repository of the one above it. */
function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

/** The one that the origin calls its first; else a usual name; else the one that is checked out. */
async function branchOf(top: string): Promise<string> {
  const [head] = await ask(top, "symbolic-ref", "--short", "refs/remotes/origin/HEAD");
  if (head !== undefined) return head.replace(/^origin\//, "");
  const names = await ask(
    top,
    "for-each-ref",
    "--format=%(refname:short)",
    "refs/heads/main",
    "refs/heads/master",
  );
  const [current] = await ask(top, "symbolic-ref", "--short", "HEAD");
  return names[0] ?? current ?? "main";
}

async function remotesOf(top: string): Promise<readonly string[]> {
  const lines = await ask(top, "config", "--get-regexp", String.raw`^remote\..*\.url$`);
  const isOrigin = (line: string) => line.startsWith("remote.origin.");
  const ordered = [...lines.filter(isOrigin), ...lines.filter((line) => !isOrigin(line))];
  return ordered.map((line) => line.slice(line.indexOf(" ") + 1));
}

/** The lines of an answer; none where git has no answer, or is not there. */
async function ask(folder: string, ...args: readonly string[]): Promise<readonly string[]> {
  const said = await runGit(folder, args, { env: process.env }).catch(() => "");
  return said.split("\n").filter(Boolean);
}
