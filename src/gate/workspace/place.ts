import type { SourceTree } from "./source-tree.js";

/** A folder in a tree of files: what an input means. */
export interface Place {
  readonly tree: SourceTree;
  /** The folder, in the tree. */
  readonly folder: string;
  /** The one file that is meant, where it is not the whole folder. */
  readonly file?: string;
  /** What to call a path of the tree where the user stands. */
  show(path: string): string;
}
