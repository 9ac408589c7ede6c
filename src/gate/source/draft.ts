import type { Fix } from "../../rules/index.js";
import type { Declaration, Source } from "./declaration.js";
import type { Declared } from "./declared-names.js";
import type { Layout } from "./layout.js";
import type { TextEdit } from "./text-edit.js";

/** What is known of a source that is edited. */
export interface Editing {
  readonly source: Source;
  readonly layout: Layout;
  readonly names: ReadonlyMap<string, Declared>;
}

/** What some fixes make of a source. Statements that come and go are only named: their body is edited as a whole. */
export interface Draft {
  readonly edits: readonly TextEdit[];
  readonly placed: readonly Placement[];
  readonly removed: readonly Removal[];
  readonly refused: readonly Refusal[];
}

/** A statement that comes into a body. */
export interface Placement {
  readonly home: Declaration;
  /** The sibling that it comes behind. */
  readonly behind: Declaration | "top" | "end";
  /** Indented by two spaces a level, without that of its body. */
  readonly statement: string;
  readonly kind: Declaration["kind"];
}

/** A statement that leaves a body. */
interface Removal {
  readonly home: Declaration;
  readonly declaration: Declaration;
}

/** A fix that is not made, and a sentence why, without a stop. */
export interface Refusal {
  readonly fix: Fix;
  readonly why: string;
}

export const nothing: Draft = { edits: [], placed: [], removed: [], refused: [] };

export function together(drafts: readonly Draft[]): Draft {
  return {
    edits: drafts.flatMap(({ edits }) => edits),
    placed: drafts.flatMap(({ placed }) => placed),
    removed: drafts.flatMap(({ removed }) => removed),
    refused: drafts.flatMap(({ refused }) => refused),
  };
}

export function refuse(fixes: readonly Fix[], why: string): Draft {
  return { ...nothing, refused: fixes.map((fix) => ({ fix, why })) };
}
