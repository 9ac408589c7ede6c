import type { Finding } from "../../rules/index.js";

/** A source by its path, as it is and as it shall be. */
export interface FixedSource {
  readonly path: string;
  /** `undefined` for a new one. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What fixes make of sources. */
export interface FixResult {
  /** Only those that differ. */
  readonly sources: readonly FixedSource[];
  readonly fixed: readonly Finding[];
  readonly unfixed: readonly Unfixed[];
  /** What of what was asked is found in the fixed sources, where it is now. */
  readonly remaining: readonly Finding[];
}

/** What fixing needs to know of the world. */
export interface Fixing {
  /** The text of a source; a sentence where it cannot be edited. */
  readonly read: (path: string) => SourceText;
  /**
   * Compiles the workspace with these sources in place of its own, and checks it again.
   * @throws Proto4Error "compile-failed"
   */
  readonly check: (sources: readonly FixedSource[]) => Promise<readonly Finding[]>;
}

/** A new file has no text yet. */
export type SourceText = { readonly text: string | undefined } | { readonly why: string };

/** The id, and what it was held against: a version may be met again where another is broken still. */
export function keyOf({ id, baseline }: Finding): string {
  return `${id} ${baseline?.direction ?? ""} ${baseline?.name ?? ""}`;
}

/** A finding that is not fixed, and why. */
export interface Unfixed {
  readonly finding: Finding;
  /** A sentence without a stop. */
  readonly why: string;
}
