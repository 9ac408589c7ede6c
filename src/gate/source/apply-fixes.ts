import type { Fix } from "../../rules/index.js";
import { composeEdits } from "./compose-edits.js";
import type { Declaration } from "./declaration.js";
import { type Declared, declaredNames, namesIn } from "./declared-names.js";
import {
  type Draft,
  type Editing,
  nothing,
  type Placement,
  type Refusal,
  refuse,
  together,
} from "./draft.js";
import { draftImports } from "./draft-imports.js";
import { draftInserts, readInsert } from "./draft-inserts.js";
import { draftOptions } from "./draft-options.js";
import { draftPart } from "./draft-parts.js";
import { draftReserved } from "./draft-reserved.js";
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
 * @throws Proto4Error "source-malformed"
 */
export function applyFixes(text: string, fixes: readonly Fix[]): FixedText {
  const source = readSource(text, fixes[0]?.path);
  const editing: Editing = { source, layout: layoutOf(source), names: declaredNames(source) };
  const known = fixes.filter((fix) => targetOf(fix, editing) !== undefined);
  const strangers = fixes.filter((fix) => targetOf(fix, editing) === undefined);
  const round = applyKnown(known, editing);
  if (round.edits.length === 0 || strangers.length === 0)
    return { ...round, refused: [...round.refused, ...strangers.map(unknown)] };
  // What they name may have come in by others.
  const next = applyFixes(round.text, strangers);
  const edits = composeEdits(text, round.edits, round.text, next.edits);
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
  return { text: applyEdits(text, edits), edits, refused: [...sifted.refused, ...draft.refused] };
}

/** @param fixes of what is declared, no two of the same thing */
function draftAll(fixes: readonly Fix[], editing: Editing): Draft {
  const of = <K extends Fix["kind"]>(...kinds: readonly K[]) =>
    fixes.filter((fix): fix is Extract<Fix, { kind: K }> => (kinds as readonly string[]).includes(fix.kind));
  const target = (fix: Fix) => targetOf(fix, editing)!;
  const inserts = of("insert").map((fix) => readInsert(fix, target(fix).declaration, editing));
  // What was to move has moved, if it is where it was to come.
  const arrived = new Set(inserts.flatMap(({ isThere, names }) => (isThere ? names : [])));
  const removes = outermost(
    of("remove").filter(({ symbol }) => !arrived.has(symbol)),
    editing,
  );
  const leaving = new Set([
    ...namesIn(removes.map((fix) => target(fix).declaration)),
    ...of("replace").flatMap(({ part, symbol }) => (part === "name" ? [symbol] : [])),
  ]);
  return together([
    ...of("create").map((fix) => refuse([fix], `${fix.path} is there already`)),
    ...of("replace").map((fix) => draftPart(fix, target(fix), leaving, editing)),
    ...bySymbol(of("option")).map((own) => draftOptions(own, target(own[0]!), editing)),
    ...bySymbol(of("reserve", "unreserve")).map((own) =>
      draftReserved(own, target(own[0]!).declaration, editing),
    ),
    draftImports(of("import"), editing),
    draftInserts(inserts, leaving, editing),
    ...removes.map((fix) => draftRemoval(target(fix))),
  ]);
}

function targetOf({ path, symbol }: Fix, { source, names }: Editing): Declared | undefined {
  if (symbol === path) return { declaration: source.file, home: source.file, isGroupMessage: false };
  return names.get(symbol);
}

function bySymbol<F extends Fix>(fixes: readonly F[]): readonly (readonly F[])[] {
  const groups = new Map<string, F[]>();
  for (const fix of fixes) groups.set(fix.symbol, [...(groups.get(fix.symbol) ?? []), fix]);
  return [...groups.values()];
}

/** What lies in something that is removed goes with it. */
function outermost<F extends Fix>(removes: readonly F[], editing: Editing): readonly F[] {
  const spans = removes.map((fix) => targetOf(fix, editing)!.declaration);
  return removes.filter((_, index) => {
    const own = spans[index]!;
    return !spans.some((other) => other !== own && other.start <= own.start && own.end <= other.end);
  });
}

function draftRemoval({ home, declaration }: Declared): Draft {
  return { ...nothing, removed: [{ home, declaration }] };
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
