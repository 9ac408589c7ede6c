import type { Declaration } from "./declaration.js";
import type { Declared } from "./declared-names.js";
import { type Draft, type Editing, nothing, type Placement, refuse, together } from "./draft.js";
import { placeOf } from "./option-place.js";
import { extendsSame, type Insert } from "./read-insert.js";

/**
 * Brings statements in, each behind the nearest of its siblings that is there, or that comes in as well.
 * @param leaving names that other fixes set free
 */
export function draftInserts(
  inserts: readonly Insert[],
  leaving: ReadonlySet<string>,
  editing: Editing,
): Draft {
  const coming = new Map<string, Insert>();
  const refused: Draft[] = [];
  for (const insert of inserts) {
    const why = insert.isThere ? undefined : whyNot(insert, coming, leaving, editing);
    if (why !== undefined) refused.push(refuse([insert.fix], why));
    else if (!insert.isThere) for (const name of [...insert.names, keyOf(insert)]) coming.set(name, insert);
  }
  const accepted = [...new Set(coming.values())];
  const anchors = new Map(accepted.map((insert) => [insert, anchorOf(insert, coming, editing)]));
  return together([
    ...refused,
    { ...nothing, placed: inChains(accepted, anchors).map((own) => intoBlock(own, editing)) },
  ]);
}

/** Of what has no name, the statement itself. */
function keyOf({ fix }: Insert): string {
  return `${fix.symbol} ${fix.statement}`;
}

function whyNot(
  { fix, statements, names, home }: Insert,
  coming: ReadonlyMap<string, Insert>,
  leaving: ReadonlySet<string>,
  editing: Editing,
): string | undefined {
  if (statements.length === 0 || statements.some(({ kind }) => kind === "other"))
    return `what is to come into ${fix.symbol} is no statement that can stand there`;
  if (home.body === undefined) return `${fix.symbol} has no body`;
  const taken = names.find((name) => editing.names.has(name) && !leaving.has(name));
  if (taken !== undefined) return `${taken} is declared already`;
  const rival = names.find((name) => coming.has(name));
  return rival === undefined ? undefined : `another fix writes ${rival}`;
}

type Anchor = Insert | Placement["behind"];

function anchorOf(insert: Insert, coming: ReadonlyMap<string, Insert>, { names }: Editing): Anchor {
  const { fix, home, statements } = insert;
  for (const name of fix.after.toReversed()) {
    const other = coming.get(name);
    if (other !== undefined && other !== insert && other.home === home) return other;
    const sibling = siblingOf(names.get(name), home);
    if (sibling !== undefined) return sibling;
  }
  return statements[0]?.kind === "option" ? placeOf(home) : "end";
}

/** What stands within a sibling now, in a oneof or an extend, is as near as the sibling. */
function siblingOf(declared: Declared | undefined, home: Declaration): Declaration | undefined {
  if (declared === undefined || declared.home === home) return declared?.declaration;
  const { start, end } = declared.declaration;
  return home.children.find((child) => child.start <= start && end <= child.end);
}

/** A statement that comes in, and the sibling that it comes behind. */
interface Placed {
  readonly insert: Insert;
  readonly behind: Placement["behind"];
}

/** Those that come behind others right behind these. What stands behind itself, by a detour, goes to the end. */
function inChains(inserts: readonly Insert[], anchors: ReadonlyMap<Insert, Anchor>): readonly Placed[] {
  const followers = new Map<Anchor, Insert[]>();
  for (const [insert, anchor] of anchors) push(followers, anchor, insert);
  const placed = new Map<Insert, Placement["behind"]>();
  const place = (first: Insert, behind: Placement["behind"]): void => {
    // Not by recursion: thousands may leave in a row, and each comes back behind the one before.
    for (const waiting = [first]; waiting.length > 0; ) {
      const insert = waiting.pop()!;
      if (placed.has(insert)) continue;
      placed.set(insert, behind);
      waiting.push(...(followers.get(insert) ?? []).toReversed());
    }
  };
  for (const insert of inserts) {
    const anchor = anchors.get(insert)!;
    if (!isInsert(anchor)) place(insert, anchor);
  }
  for (const insert of inserts) place(insert, "end");
  return [...placed].map(([insert, behind]) => ({ insert, behind }));
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function isInsert(anchor: Anchor): anchor is Insert {
  return typeof anchor !== "string" && "fix" in anchor;
}

/** An extension comes into the block of its sibling, if that extends the same message. */
function intoBlock({ insert, behind }: Placed, { source, names }: Editing): Placement {
  const { fix, home, statements } = insert;
  const [first] = statements as readonly [Declaration];
  const own: Placement = { home, behind, statement: fix.statement, kind: first.kind };
  const isAlone = statements.length === 1 && first.whole.start === first.start && first.children.length > 0;
  if (typeof behind === "string" || !isAlone || !extendsSame(behind, first, source, fix.statement))
    return own;
  const siblings = fix.after.flatMap((name) => names.get(name)?.declaration ?? []);
  const sibling = siblings.findLast((each) => behind.children.includes(each));
  const inside = fix.statement.slice(first.body!.start, first.body!.end);
  const statement = inside
    .replace(/^\n|\n\s*$/g, "")
    .replace(/^ {2}/gm, "")
    .trimEnd();
  return { home: behind, behind: sibling ?? "end", statement, kind: first.children[0]!.kind };
}
