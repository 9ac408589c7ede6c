import type { Change, ChangeKind } from "../../diff/index.js";
import type { JudgedChange } from "../check.js";
import { aspectOf } from "./aspect.js";
import type { Bearer } from "./bearer.js";
import { kindOrder } from "./tell-change.js";

/** A change and whom it is told of. */
export interface BorneChange extends JudgedChange {
  readonly bearer: Bearer;
}

/** Changes that are one event to whoever reads of them: the first tells it, the others say no more. */
export type Folded = readonly [first: BorneChange, ...others: BorneChange[]];

/**
 * The changes of one bearer by events, each change in one of them. The diff has a fact for each question that a rule
 * may ask: a message that is removed has left its file and its package as well.
 */
export function foldChanges(changes: readonly BorneChange[]): readonly Folded[] {
  const sorted = changes.toSorted((a, b) => rank(a) - rank(b));
  const folded: [BorneChange, ...BorneChange[]][] = [];
  for (const borne of sorted) {
    const event = folded.find(([first]) => isEcho(borne, first));
    if (event === undefined) folded.push([borne]);
    else event.push(borne);
  }
  return folded;
}

/** What tells of the whole stands before what tells of an aspect, and of the element before parts of it. */
function rank({ change, bearer }: BorneChange): number {
  return (bearer.isItself ? (isWhole(change) ? 0 : 1) : 2) * 1000 + kindOrder(change);
}

function isEcho({ change, bearer }: BorneChange, { change: first, bearer: told }: BorneChange): boolean {
  // Of a part alone, nobody would know what became of the element.
  if (!told.isItself) return isWhole(change) && isWhole(first);
  // What is there for the first time, or for the last, has no other changes but those that say so again.
  if (isWhole(first)) return !isWhole(change) || !bearer.isItself;
  if (!bearer.isItself) return isWhole(change) || isSame(change, first);
  if (change.kind === "field-type-changed" && first.kind === "field-renamed")
    return change.from === change.to;
  return echoes[change.kind]?.includes(first.kind) === true;
}

/** Whether they say the same, of whatever element. */
function isSame(a: Change, b: Change): boolean {
  return a.kind === b.kind && aspectOf(a) === aspectOf(b);
}

/** By kind, those that tell of it as well. */
const echoes: Readonly<Partial<Record<ChangeKind, readonly ChangeKind[]>>> = {
  "sunset-changed": ["lifecycle-changed"],
  "field-json-name-changed": ["field-renamed"],
  "required-removed": ["field-cardinality-changed"],
  "required-added": ["field-cardinality-changed"],
  "left-package": ["message-left-file", "enum-left-file", "service-left-file", "field-renamed"],
  "extension-left-file": ["field-renamed"],
  "features-changed": [
    ...(["field-type-changed", "field-cardinality-changed", "field-utf8-changed"] as const),
    "message-json-format-changed",
  ],
};

function isWhole({ kind }: Change): boolean {
  return wholes.has(kind);
}

const wholes: ReadonlySet<ChangeKind> = new Set<ChangeKind>([
  ...(["package-removed", "file-removed", "oneof-removed"] as const),
  ...(["message-removed", "enum-removed", "service-removed", "extension-removed"] as const),
  ...(["message-added", "enum-added", "service-added", "field-added", "field-removed"] as const),
  ...(["enum-value-added", "enum-value-removed", "method-added", "method-removed"] as const),
]);
