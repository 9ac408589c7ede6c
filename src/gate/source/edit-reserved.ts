import type { NumberRange } from "../../schema/index.js";
import type { Declaration } from "./declaration.js";
import type { Editing } from "./draft.js";
import { editList } from "./edit-list.js";
import { withoutRanges } from "./number-ranges.js";
import type { Reserved, ReservedItem } from "./read-reserved.js";
import { nameText, rangeText } from "./reserved-text.js";
import { type Span, spanOf, textOf } from "./span.js";
import type { TextEdit } from "./text-edit.js";
import { tokensWithin } from "./tokens-within.js";

/** What comes into a statement that reserves something, and what leaves it. */
export interface ReservedChange {
  readonly statement: Reserved;
  readonly added: ReservedContents;
  readonly freed: ReservedContents;
}

export interface ReservedContents {
  readonly ranges: readonly NumberRange[];
  readonly names: readonly string[];
}

/**
 * Edits one statement, of which something must be left. Numbers that come in take their place among the others and are
 * united with those they touch, unless a comment or the author's lines would be lost by it: then they come behind.
 */
export function editReserved(
  change: ReservedChange,
  home: Declaration,
  editing: Editing,
): readonly TextEdit[] {
  const { statement, added } = change;
  const pieces = statement.items.map((item) => piecesOf(item, change, home, editing));
  const left = pieces.flat();
  const whole = spanOf(statement.items)!;
  const isPlain = statement.holds === "numbers" && isInOneLine(whole, editing);
  if (left.length === 0) return [{ ...whole, text: addedTexts(change, home).join(", ") }];
  if (added.ranges.length > 0 && isPlain) return [{ ...whole, text: united(left, added.ranges, home) }];
  return editItems(change, pieces, home, editing);
}

/** What of a statement stays, once something is freed. */
export function isEmptied({ statement, added, freed }: ReservedChange): boolean {
  const stays = ({ range, name }: ReservedItem) =>
    range === undefined ? !freed.names.includes(name ?? "") : withoutRanges([range], freed.ranges).length > 0;
  return added.ranges.length === 0 && added.names.length === 0 && !statement.items.some(stays);
}

/** A part of the list that stays. */
interface Piece {
  readonly text: string;
  readonly range: NumberRange | undefined;
}

/** Of an item that is not touched, it is what its author wrote. */
function piecesOf(
  item: ReservedItem,
  { freed }: ReservedChange,
  home: Declaration,
  { source }: Editing,
): readonly Piece[] {
  const { range, name } = item;
  const own = { text: textOf(source.text, item), range };
  if (range === undefined) return freed.names.includes(name ?? "") ? [] : [own];
  const left = withoutRanges([range], freed.ranges);
  const isWhole = left.length === 1 && left[0]!.start === range.start && left[0]!.end === range.end;
  return isWhole ? [own] : left.map((part) => ({ text: rangeText(part, home), range: part }));
}

function addedTexts({ statement, added }: ReservedChange, home: Declaration): readonly string[] {
  const quote = statement.items[0]?.quote ?? '"';
  return [
    ...added.ranges.map((range) => rangeText(range, home)),
    ...added.names.map((name) => nameText(name, quote)),
  ];
}

/** So that its items can be put in order. */
export function isInOneLine(whole: Span, { source }: Editing): boolean {
  const hasComment = tokensWithin(source, whole).some(({ kind }) => kind === "comment");
  return !hasComment && !textOf(source.text, whole).includes("\n");
}

/** Each range that comes in is united with what it touches; what others touch each other in is their author's choice. */
function united(pieces: readonly Piece[], ranges: readonly NumberRange[], home: Declaration): string {
  let all: readonly Piece[] = pieces;
  for (const range of ranges) {
    const touches = (piece: Piece) =>
      piece.range !== undefined && piece.range.start <= range.end + 1 && range.start <= piece.range.end + 1;
    const joined = [range, ...all.filter(touches).flatMap((piece) => piece.range ?? [])];
    const union = {
      start: Math.min(...joined.map(({ start }) => start)),
      end: Math.max(...joined.map(({ end }) => end)),
    };
    all = [...all.filter((piece) => !touches(piece)), { text: rangeText(union, home), range: union }];
  }
  const sorted = all.toSorted((a, b) => (a.range?.start ?? 0) - (b.range?.start ?? 0));
  return sorted.map(({ text }) => text).join(", ");
}

function editItems(
  change: ReservedChange,
  pieces: readonly (readonly Piece[])[],
  home: Declaration,
  { source, layout }: Editing,
): readonly TextEdit[] {
  const { items, declaration } = change.statement;
  const removed = new Set(pieces.flatMap((own, index) => (own.length === 0 ? [index] : [])));
  const split = items.flatMap((item, index): readonly TextEdit[] => {
    const text = pieces[index]!.map((piece) => piece.text).join(", ");
    return removed.has(index) || text === textOf(source.text, item)
      ? []
      : [{ start: item.start, end: item.end, text }];
  });
  const added = addedTexts(change, home);
  if (added.length === 0 && removed.size === 0) return split;
  const inside = { start: declaration.words[0]!.end, end: declaration.head.end };
  const list = { items, inside, separator: "," as const };
  return [...split, ...editList(source, list, { removed, added }, layout)];
}
