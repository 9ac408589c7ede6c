import type { SourceTree } from "./source-tree.js";

/** A folder in a tree of files: what an input means. */
export interface Place {
  /** Whether the tree is this machine's disk. */
  readonly isOnDisk: boolean;
  readonly tree: SourceTree;
  /** The folder of this machine that the tree is; `undefined` for what lies in none. */
  readonly root?: string;
  /** The folder, in the tree. */
  readonly folder: string;
  /** The one file that is meant, where it is not the whole folder. */
  readonly file?: string;
  /** Paths in the tree that the input is limited to. */
  readonly targets: readonly string[];
  /** Where the paths of a configuration start that is given in place of the tree's own. */
  readonly overrideBase: string;
  /** How to spell a folder of the tree as an input. */
  toInput(folder: string): string;
  /** What to call a path of the tree where the user stands. */
  show(path: string): string;
}

/** Whether a path is a folder or lies in it. */
export function isInside(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}
