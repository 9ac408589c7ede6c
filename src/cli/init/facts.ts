import type { ModuleRoots } from "../../gate/index.js";

/** Where the checks of a change run. */
export type Ci = "github" | "gitlab";

/** A .proto file of a workspace. */
export interface ProtoFile {
  /** From the workspace's folder, with slashes. */
  readonly path: string;
  /** Empty where it has none. */
  readonly package: string;
  /** As they are spelled. */
  readonly imports: readonly string[];
}

/** What there is in a user's workspace before anything is written. */
export interface WorkspaceFacts {
  /** From where the user stands, and not by way of links. */
  readonly folder: string;
  /** Where git keeps the repository's commits, from where the user stands. */
  readonly git: string;
  /** From the root of the repository; empty for the root itself, and where there is no repository. */
  readonly prefix: string;
  /** Whether it lies in a git repository. */
  readonly isInGit: boolean;
  /** The branch that changes go to, as far as git knows. */
  readonly branch: string;
  /** The addresses of the repository's remotes, the one called origin first. */
  readonly remotes: readonly string[];
  readonly protos: readonly ProtoFile[];
  /** What a buf.yaml says, by paths from the workspace's folder; `undefined` without one. */
  readonly modules: ModuleRoots | undefined;
  /** proto4's own version. */
  readonly version: string;
  /** The text of a file from the workspace's folder, or `undefined` where there is none. */
  read(path: string): string | undefined;
  /** The same from the root of the repository. */
  readAtRoot(path: string): string | undefined;
  hasAtRoot(path: string): boolean;
}
