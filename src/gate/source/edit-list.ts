import type { Source } from "./declaration.js";
import { beginsLine, indentOf, type Layout, skipBlanks } from "./layout.js";
import type { Span } from "./span.js";
import type { TextEdit } from "./text-edit.js";
import { type Token, tokensWithin } from "./tokens-within.js";

/** A list as it is written. */
export interface List {
  readonly items: readonly Span[];
  /** What stands between the brackets. */
  readonly inside: Span;
  /** What parts the items; in an aggregate it may be nothing. */
  readonly separator: "," | ";" | "";
}

/** What becomes of a list. At least one item stays. */
export interface ListPlan {
  readonly removed: ReadonlySet<number>;
  readonly added: readonly string[];
}

/** Takes items away, with their comments, and adds others at the end, in lines of their own where the list has such. */
export function editList(source: Source, list: List, plan: ListPlan, layout: Layout): readonly TextEdit[] {
  const territories = territoriesOf(source, list);
  const lastKept = list.items.findLastIndex((_, index) => !plan.removed.has(index));
  const inner = runsOf(plan.removed, lastKept).map(([first, behind]) => ({
    start: skipBlanks(source.text, territories[first]!.start, true),
    end: skipBlanks(source.text, territories[behind]!.start, true),
    text: "",
  }));
  const { separator, end } = territories[lastKept]!;
  const added = plan.added.map((item) => brokenBefore(source.text, list, lastKept, end, layout) + item);
  const isCut = lastKept < list.items.length - 1;
  const behind = { start: end, end: isCut ? lastEnd(source, list) : end, text: added.join(list.separator) };
  const before =
    added.length > 0 ? separatorBefore(list, lastKept, separator) : unseparated(isCut, separator);
  return [...inner, ...before, ...(behind.text === "" && !isCut ? [] : [behind])];
}

/** What is an item's: its comments above, what parts it from the next, and comments behind it in its line. */
interface Territory extends Span {
  readonly separator: Token | undefined;
}

function territoriesOf(source: Source, { items, inside }: List): readonly Territory[] {
  let { start } = inside;
  return items.map((item, index) => {
    const next = items[index + 1]?.start ?? inside.end;
    const between = tokensWithin(source, { start: item.end, end: next });
    const separator = between.find(({ text }) => text === "," || text === ";");
    const end = trailingEnd(source.text, between, separator?.end ?? item.end);
    const territory = { start, end, separator };
    start = end;
    return territory;
  });
}

/** Behind the comments in the same line, if the line ends with them. */
function trailingEnd(text: string, between: readonly Token[], start: number): number {
  let end = start;
  for (const token of between) {
    if (token.kind !== "comment" || token.start < start) continue;
    if (text.slice(end, token.start).includes("\n")) break;
    ({ end } = token);
  }
  const next = skipBlanks(text, end);
  return text[next] === "\n" || text[next] === "\r" ? end : start;
}

/** Removed items that stand together, each with the index of what stays behind them. */
function runsOf(removed: ReadonlySet<number>, lastKept: number): readonly (readonly [number, number])[] {
  const starts = [...removed].filter((index) => index < lastKept && !removed.has(index - 1));
  return starts.map((first) => {
    let behind = first;
    while (removed.has(behind)) behind++;
    return [first, behind];
  });
}

function brokenBefore(text: string, { items }: List, last: number, end: number, { newline }: Layout): string {
  const { start, end: itemEnd } = items[last]!;
  const isOwnLine = beginsLine(text, start) || text.slice(itemEnd, end).includes("//");
  return isOwnLine ? newline + indentOf(text, start) : " ";
}

function separatorBefore(
  { items, separator }: List,
  last: number,
  there: Token | undefined,
): readonly TextEdit[] {
  if (separator === "" || there !== undefined) return [];
  const { end } = items[last]!;
  return [{ start: end, end, text: separator }];
}

function unseparated(isCut: boolean, separator: Token | undefined): readonly TextEdit[] {
  return isCut && separator !== undefined ? [{ start: separator.start, end: separator.end, text: "" }] : [];
}

function lastEnd(source: Source, { inside }: List): number {
  return tokensWithin(source, inside).at(-1)!.end;
}
