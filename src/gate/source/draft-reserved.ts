import type { Fix } from "../../rules/index.js";
import type { NumberRange } from "../../schema/index.js";
import type { Declaration } from "./declaration.js";
import { type Draft, type Editing, nothing, type Placement, refuse } from "./draft.js";
import {
  editReserved,
  isEmptied,
  isInOneLine,
  type ReservedChange,
  type ReservedContents,
} from "./edit-reserved.js";
import { mergeRanges, withoutRanges } from "./number-ranges.js";
import { type Reserved, readReserved } from "./read-reserved.js";
import { nameText, rangeText } from "./reserved-text.js";

export type ReservedFix = Extract<Fix, { kind: "reserve" | "unreserve" }>;

/** All that is asked of what one message or enum reserves: it goes into the statements that are there. */
export function draftReserved(fixes: readonly ReservedFix[], home: Declaration, editing: Editing): Draft {
  if (home.kind !== "message" && home.kind !== "enum" && home.kind !== "group")
    return refuse(
      fixes,
      `${home.fullName} is neither a message nor an enum, and nothing else reserves anything`,
    );
  const wanted = wantedOf(fixes, "reserve");
  const freed = wantedOf(fixes, "unreserve");
  if (isClash(wanted, freed))
    return refuse(fixes, `of ${home.fullName} the same is to be reserved and to be freed`);
  const statements = readReserved(home);
  const there = contentsOf(statements);
  const added = {
    ranges: mergeRanges(withoutRanges(wanted.ranges, there.ranges)),
    names: wanted.names.filter((name) => !there.names.includes(name)).toSorted(),
  };
  const changes = changesOf(statements, added, freed, editing);
  const emptied = changes.filter(isEmptied);
  return {
    ...nothing,
    edits: changes.flatMap((change) => (emptied.includes(change) ? [] : editReserved(change, home, editing))),
    removed: emptied.map(({ statement }) => ({ home, declaration: statement.declaration })),
    placed: newStatements(statements, added, home, editing),
  };
}

function wantedOf(fixes: readonly ReservedFix[], kind: ReservedFix["kind"]): ReservedContents {
  const own = fixes.filter((fix) => fix.kind === kind);
  return {
    ranges: mergeRanges(own.flatMap(({ numbers }) => numbers)),
    names: [...new Set(own.flatMap(({ names }) => names))],
  };
}

function isClash(wanted: ReservedContents, freed: ReservedContents): boolean {
  const left = withoutRanges(wanted.ranges, freed.ranges);
  const isCut = JSON.stringify(left) !== JSON.stringify(wanted.ranges);
  return isCut || wanted.names.some((name) => freed.names.includes(name));
}

function contentsOf(statements: readonly Reserved[]): ReservedContents {
  const items = statements.flatMap((statement) => statement.items);
  return {
    ranges: items.flatMap(({ range }) => range ?? []),
    names: items.flatMap(({ name }) => name ?? []),
  };
}

/** What is new goes into a statement of its sort: one that it touches, else the last, in one line if there is such. */
function changesOf(
  statements: readonly Reserved[],
  added: ReservedContents,
  freed: ReservedContents,
  editing: Editing,
): readonly ReservedChange[] {
  const numbers = bestLast(statements, "numbers", editing);
  const names = bestLast(statements, "names", editing).at(-1);
  const placeOf = (range: NumberRange) => numbers.findLast((each) => touches(each, range)) ?? numbers.at(-1);
  return statements.map((statement) => ({
    statement,
    freed,
    added: {
      ranges: added.ranges.filter((range) => placeOf(range) === statement),
      names: statement === names ? added.names : [],
    },
  }));
}

/** Those that can be edited without minding comments and lines, if there are any; in order. */
function bestLast(
  statements: readonly Reserved[],
  sort: Reserved["holds"],
  editing: Editing,
): readonly Reserved[] {
  const own = statements.filter(({ holds }) => holds === sort);
  const plain = own.filter(({ declaration }) => isInOneLine(declaration.head, editing));
  return plain.length > 0 ? plain : own;
}

function touches({ items }: Reserved, { start, end }: NumberRange): boolean {
  return items.some(({ range }) => range !== undefined && range.start <= end + 1 && start <= range.end + 1);
}

/** Where there is no statement of a sort, one is written behind those that there are, or at the top of the body. */
function newStatements(
  statements: readonly Reserved[],
  { ranges, names }: ReservedContents,
  home: Declaration,
  { source }: Editing,
): readonly Placement[] {
  const lacks = (sort: Reserved["holds"]) => !statements.some(({ holds }) => holds === sort);
  const texts = [
    ...(ranges.length > 0 && lacks("numbers")
      ? [ranges.map((range) => rangeText(range, home)).join(", ")]
      : []),
    ...(names.length > 0 && lacks("names")
      ? [names.map((name) => nameText(name, source.isEdition ? "" : '"')).join(", ")]
      : []),
  ];
  const options = home.children.filter(({ kind }) => kind === "option");
  const behind = statements.at(-1)?.declaration ?? options.at(-1) ?? "top";
  return texts.map((text) => ({ home, behind, kind: "reserved", statement: `reserved ${text};` }));
}
