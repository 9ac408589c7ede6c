import { Proto4Error } from "../../diagnostics/index.js";
import type { Fix } from "../../rules/index.js";
import { composeEdits } from "./compose-edits.js";
import type { Declaration } from "./declaration.js";
import { declaredNames } from "./declared-names.js";
import type { Draft, Editing, Placement, Refusal } from "./draft.js";
import { draftAll, targetOf } from "./draft-all.js";
import { editBody } from "./edit-body.js";
import { findClashes } from "./find-clashes.js";
import { layoutOf } from "./layout.js";
import { readSource } from "./read-source.js";
import { applyEdits, inOrder, type TextEdit } from "./text-edit.js";

/** A source with fixes made. */
export interface FixedText {
  readonly text: string;
  /** What was done to it, in the order of the text, none overlapping another. */
  readonly edits: readonly TextEdit[];
  readonly refused: readonly Refusal[];
}

/**
 * Makes fixes in the text of the file that they name. In which order they come does not matter, and to make them again
 * changes nothing; what they do not speak of stays as it is, sign by sign.
 * @throws Proto4Error "source-malformed" where a source is none that compiles
 */
export function applyFixes(text: string, fixes: readonly Fix[]): FixedText {
  return openSource(text, fixes[0]?.path)(fixes);
}

/**
 * Reads a source once, for fixes that are each made in it as it is.
 * @throws Proto4Error "source-malformed"
 */
export function openSource(text: string, path?: string): (fixes: readonly Fix[]) => FixedText {
  const source = readSource(text, path);
  const editing: Editing = { source, layout: layoutOf(source), names: declaredNames(source) };
  return (fixes) => applyTo(editing, fixes);
}

function applyTo(editing: Editing, fixes: readonly Fix[]): FixedText {
  const known = fixes.filter((fix) => targetOf(fix, editing) !== undefined);
  const strangers = fixes.filter((fix) => targetOf(fix, editing) === undefined);
  const round = applyKnown(known, editing);
  if (round.edits.length === 0 || strangers.length === 0)
    return { ...round, refused: [...round.refused, ...strangers.map(unknown)] };
  // What they name may have come in by others.
  const next = applyFixes(round.text, strangers);
  const edits = composeEdits(editing.source.text, round.edits, round.text, next.edits);
  return { text: next.text, edits, refused: [...round.refused, ...next.refused] };
}

function unknown(fix: Fix): Refusal {
  return { fix, why: `${fix.symbol} is not declared in ${fix.path}` };
}

function applyKnown(fixes: readonly Fix[], editing: Editing): FixedText {
  const { text } = editing.source;
  const sifted = findClashes(fixes, editing);
  const draft = draftAll(sifted.fixes, editing);
  const edits = inOrder([...draft.edits, ...editBodies(draft, editing)]);
  if (!areApart(edits)) throw malformed(fixes[0]?.path);
  return { text: applyEdits(text, edits), edits, refused: [...sifted.refused, ...draft.refused] };
}

function areApart(edits: readonly TextEdit[]): boolean {
  return edits.every(({ start, end }, index) => (edits[index - 1]?.end ?? 0) <= start && start <= end);
}

/** In a source that a compiler takes, no two statements share a place; where a body does not end they may. */
function malformed(path: string | undefined): Proto4Error {
  const message =
    "this source cannot be edited as it is: compile it, correct what the compiler says, and try again";
  return new Proto4Error("source-malformed", message, {
    location: path === undefined ? undefined : { path },
  });
}

function editBodies({ placed, removed }: Draft, editing: Editing): readonly TextEdit[] {
  const homes = new Set<Declaration>([...placed, ...removed].map(({ home }) => home));
  return [...homes].flatMap((home) => {
    const gone = removed.filter((removal) => removal.home === home).map(({ declaration }) => declaration);
    const own = placed.filter((placement) => placement.home === home).toSorted((a, b) => rank(a) - rank(b));
    return editBody({ home, placed: own, removed: new Set(gone) }, editing);
  });
}

/** Where a file has neither yet, its imports come before its options. */
function rank({ kind }: Placement): number {
  return kind === "import" ? 0 : kind === "option" ? 1 : 2;
}
