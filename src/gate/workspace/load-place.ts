import { isAbsolute, parse, posix, relative, resolve, sep } from "node:path";
import { type Input, subdirOf, withSubdir } from "./input.js";
import { isInside, type Place } from "./place.js";
import { diskTree, memoryTree } from "./source-tree.js";

/** The surroundings of an input: its relative paths start at `cwd`; `env` is the process's own if not given. */
export interface Surroundings {
  readonly cwd: string;
  /** Files and folders that the input is limited to. */
  readonly paths?: readonly string[] | undefined;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Opens an input that has sources.
 * @throws Proto4Error "input-unreadable" when there is no such repository, revision or archive
 */
export async function loadPlace(input: Input, { cwd, env, paths = [] }: Surroundings): Promise<Place> {
  const folder = subdirOf(input);
  const targets = paths.map((path) => posix.normalize(path));
  const toInput = (at: string): string => withSubdir(input, at);
  const inside = {
    isOnDisk: false,
    folder,
    targets,
    overrideBase: ".",
    toInput,
    show: (path: string) => path,
  };
  // Most inputs are folders: what reads the others is loaded for them only.
  if (input.kind === "git") {
    const { loadCommit } = await import("./load-commit.js");
    return { ...inside, tree: loadCommit(input, cwd, env) };
  }
  if (input.kind === "tar" || input.kind === "zip") {
    const { loadArchive } = await import("./load-archive.js");
    return { ...inside, tree: memoryTree(await loadArchive(input, cwd)) };
  }
  return onDisk(input, cwd, paths);
}

/** The tree is the whole disk: what a folder belongs to is said by files above it. */
function onDisk(input: Input, cwd: string, paths: readonly string[]): Place {
  const { root } = parse(resolve(cwd));
  const toTree = (path: string): string => slashed(relative(root, resolve(cwd, path))) || ".";
  const inTree = toTree(input.path);
  const show = (path: string): string =>
    isAbsolute(input.path) ? resolve(root, path) : slashed(relative(cwd, resolve(root, path)));
  const tree = diskTree(root);
  const toInput = (folder: string): string => show(folder) || ".";
  const inFolder = (folder: string): Place => ({
    isOnDisk: true,
    tree,
    root,
    folder,
    targets: [],
    overrideBase: folder,
    toInput,
    show,
  });
  if (input.kind === "proto-file") return { ...inFolder(posix.dirname(inTree)), file: inTree };
  // buf takes the current folder for the outermost one, unless the input says that it lies elsewhere.
  const here = toTree(".");
  const isBelow = !isAbsolute(input.path) && isInside(inTree, here);
  return { ...inFolder(inTree), targets: paths.map(toTree), overrideBase: isBelow ? here : inTree };
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}
