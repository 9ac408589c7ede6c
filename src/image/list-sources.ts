import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, posix, resolve } from "node:path";
import { listWorkTree } from "./list-work-tree.js";
import type { BufOptions } from "./run-buf.js";
import { listByGit } from "./run-git.js";

/** What an input holds before it is compiled, by paths that start at the input's root and have slashes. */
export interface Sources {
  /** The git blob id of each .proto file. */
  readonly protos: ReadonlyMap<string, string>;
  /** The same of each file that tells buf how to compile them. */
  readonly settings: ReadonlyMap<string, string>;
  /** What buf's `--path` takes for a file. */
  readonly toArgument: (path: string) => string;
}

/**
 * Lists the sources of a folder, or of a revision of a local git repository.
 * @returns `undefined` for every other input, and for a folder inside a workspace
 */
export async function listSources(input: string, options: BufOptions): Promise<Sources | undefined> {
  const cwd = options.cwd ?? ".";
  const [, repository, revision, subdir = "."] =
    /^([^#]*\.git)\/?#(?:branch|tag|ref)=([^,]+)(?:,subdir=([^,]+))?$/.exec(input) ?? [];
  try {
    if (repository !== undefined && revision !== undefined)
      return /^\w+:|@/.test(repository)
        ? undefined
        : within(
            subdir,
            await listCommit(resolve(cwd, repository), revision, input.includes("#branch="), options),
          );
    return input.includes("#") ? undefined : await listFolder(resolve(cwd, input), input, options);
  } catch {
    // Whatever is wrong, buf says it better.
    return undefined;
  }
}

async function listCommit(repository: string, name: string, isBranch: boolean, options: BufOptions) {
  const folder = basename(repository) === ".git" ? dirname(repository) : repository;
  const revision = isBranch ? `refs/heads/${name}` : name;
  const lines = await listByGit(folder, ["ls-tree", "-r", "-z", "--full-tree", revision], options);
  const files = lines.flatMap((line): [path: string, blob: string][] => {
    const [head = "", path = ""] = line.split("\t");
    const [mode = "", , blob = ""] = head.split(" ");
    // In a commit buf does not follow links, as it does in a folder.
    return mode.startsWith("100") ? [[path, blob]] : [];
  });
  return sorted(files, (path) => path);
}

/** A folder of a commit, unless files above it may speak of it. */
function within(subdir: string, sources: Sources): Sources | undefined {
  const folder = posix.normalize(subdir).replace(/\/$/, "");
  if (folder === ".") return sources;
  const below = (files: Sources["protos"]) =>
    new Map(
      [...files].flatMap(([path, blob]) =>
        isIn(folder, path) ? [[posix.relative(folder, path), blob]] : [],
      ),
    );
  const isAbove = (path: string) => posix.dirname(path) === "." || isIn(posix.dirname(path), folder);
  if ([...sources.settings.keys()].some((path) => !isIn(folder, path) && isAbove(path))) return undefined;
  return { ...sources, protos: below(sources.protos), settings: below(sources.settings) };
}

function isIn(folder: string, path: string): boolean {
  return path.startsWith(`${folder}/`);
}

async function listFolder(root: string, input: string, options: BufOptions): Promise<Sources | undefined> {
  if (hasSettingsAbove(root)) return undefined;
  const files = (await askGit(root, options)) ?? readFolder(root);
  return sorted(files, (path) => posix.join(input.replaceAll("\\", "/"), path));
}

async function askGit(root: string, options: BufOptions): Promise<readonly [string, string][] | undefined> {
  const tree = await listWorkTree(root, options);
  if (tree === undefined) return undefined;
  const wanted = tree.unknown.filter((path) => isProto(path) || isSetting(path));
  return [...tree.blobs, ...wanted.map((path): [string, string] => [path, hashFile(`${root}/${path}`)])];
}

/** Without waiting in between: for thousands of small files that is several times faster. */
function readFolder(root: string): readonly [string, string][] {
  const paths: string[] = [];
  walk(root, "", paths);
  return paths.map((path) => [path, hashFile(`${root}/${path}`)]);
}

function walk(root: string, folder: string, into: string[]): void {
  for (const entry of readdirSync(`${root}/${folder}`, { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    // buf follows links, and where they lead may change unseen: the caller then does without the list.
    if (entry.isSymbolicLink() && leadsToFolder(`${root}/${path}`)) throw new Error(`${path} is a link`);
    if (entry.isDirectory() && entry.name !== ".git") walk(root, path, into);
    else if (isProto(path) || isSetting(path)) into.push(path);
  }
}

function leadsToFolder(link: string): boolean {
  return statSync(link, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A workspace that begins further up has modules that lie elsewhere, and may be imported from here. */
function hasSettingsAbove(root: string): boolean {
  for (let folder = dirname(root); folder !== dirname(folder); folder = dirname(folder))
    if (readdirSync(folder).some(isSetting)) return true;
  return false;
}

function sorted(files: readonly (readonly [string, string])[], toArgument: Sources["toArgument"]): Sources {
  const order = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    protos: new Map(order.filter(([path]) => isProto(path))),
    settings: new Map(order.filter(([path]) => isSetting(path))),
    toArgument,
  };
}

function isProto(path: string): boolean {
  return path.endsWith(".proto");
}

function isSetting(path: string): boolean {
  return /^buf(\.work)?\.yaml$|^buf\.(lock|mod)$/.test(posix.basename(path));
}

/** As git does, so that a work tree and a commit have the same ids for the same files. */
function hashFile(path: string): string {
  const bytes = readFileSync(path);
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
