import { type BodyChange, standingAnchor } from "./body-change.js";
import type { Declaration } from "./declaration.js";
import type { Editing, Placement } from "./draft.js";
import { editLine } from "./edit-line.js";
import { insertStatements } from "./insert-statements.js";
import { removeStatements } from "./remove-statements.js";
import type { TextEdit } from "./text-edit.js";

/** Brings statements into a body and takes others out of it, with their lines. A body in one line is opened for that. */
export function editBody(change: BodyChange, editing: Editing): readonly TextEdit[] {
  const { home, removed, placed } = change;
  const { text } = editing.source;
  const isOpen = home.kind === "file" || text.slice(home.body!.start, home.body!.end).includes("\n");
  if (!isOpen && placed.length > 0) return editLine(change, editing);
  const gone = removeStatements(text, home.children, removed);
  const anchors = new Map<Declaration | "top" | "end", Placement[]>();
  for (const placement of placed) {
    const anchor = standingAnchor(placement.behind, change);
    anchors.set(anchor, [...(anchors.get(anchor) ?? []), placement]);
  }
  return [
    ...gone,
    ...[...anchors].map(([anchor, placements]) => insertStatements(anchor, placements, change, editing)),
  ];
}
