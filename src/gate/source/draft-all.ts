import type { Fix } from "../../rules/index.js";
import { type Declared, namesIn } from "./declared-names.js";
import { type Draft, type Editing, nothing, refuse, together } from "./draft.js";
import { draftImports } from "./draft-imports.js";
import { draftInserts } from "./draft-inserts.js";
import { draftOptions } from "./draft-options.js";
import { draftPart } from "./draft-parts.js";
import { draftReserved } from "./draft-reserved.js";
import { lostWithin, wouldBeLost } from "./lost-comments.js";
import { readInsert } from "./read-insert.js";

/** @param fixes of what is declared, no two of the same thing */
export function draftAll(fixes: readonly Fix[], editing: Editing): Draft {
  const of = <K extends Fix["kind"]>(...kinds: readonly K[]) =>
    fixes.filter((fix): fix is Extract<Fix, { kind: K }> => (kinds as readonly string[]).includes(fix.kind));
  const target = (fix: Fix) => targetOf(fix, editing)!;
  const inserts = of("insert").map((fix) => readInsert(fix, target(fix).declaration, editing));
  // What was to move has moved, if it is where it was to come.
  const arrived = new Set(inserts.flatMap(({ isThere, names }) => (isThere ? names : [])));
  const asked = of("remove").filter(({ symbol }) => !arrived.has(symbol));
  const whyNot = new Map(
    asked.map((fix) => [fix, lostWithin(target(fix).declaration, inserts, editing.source)]),
  );
  const removes = outermost(
    asked.filter((fix) => whyNot.get(fix) === undefined),
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
    ...removes.map((fix) => draftRemoval(fix, target(fix))),
    ...[...whyNot].map(([fix, lost]) => (lost === undefined ? nothing : refuse([fix], wouldBeLost(lost)))),
  ]);
}

/** What a fix is about; `undefined` if it is not there. */
export function targetOf({ path, symbol }: Fix, { source, names }: Editing): Declared | undefined {
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

function draftRemoval(fix: Fix, { home, declaration }: Declared): Draft {
  if (declaration.kind === "file")
    return refuse([fix], `${fix.path} is a file, which is not removed from itself`);
  return { ...nothing, removed: [{ home, declaration }] };
}
