import type { Finding, Fix } from "../../rules/index.js";
import { jsonNameOf } from "../../schema/index.js";
import type { Unfixed } from "./fixing.js";

/** Fixes of several findings, so that they can be applied together. */
export interface MergedFixes {
  readonly fixes: readonly Fix[];
  /** Findings of which a fix asks for something else than an earlier one's. */
  readonly refused: readonly Unfixed[];
}

/**
 * Unites what findings ask for: the same edit is made once, and what comes back is not reserved. The findings of one
 * element ask for the same, unless they hold it against versions that differ in it.
 */
export function mergeFixes(findings: readonly Finding[]): MergedFixes {
  const slots = new Map<string, Fix>();
  const refused: Unfixed[] = [];
  for (const finding of findings) {
    const clash = finding.way.fixes.find((fix) => {
      const other = slots.get(slotOf(fix));
      return other !== undefined && !isSame(other, fix);
    });
    if (clash !== undefined)
      refused.push({ finding, why: `another finding asks for something else at ${clash.symbol}` });
    else for (const fix of finding.way.fixes) slots.set(slotOf(fix), united(slots.get(slotOf(fix)), fix));
  }
  const fixes = [...slots.values()];
  const [isBack, isNamed] = [comingBack(fixes), namedBack(fixes)];
  return { fixes: fixes.filter((fix) => (fix.kind === "reserve" ? !isBack(fix) : !isNamed(fix))), refused };
}

/** An import is public if one of those who need it asks for that. */
function united(before: Fix | undefined, fix: Fix): Fix {
  return before?.kind === "import" && before.isPublic ? before : fix;
}

/** What one fix alone may edit. */
function slotOf(fix: Fix): string {
  const { kind, path, symbol } = fix;
  const rest: Readonly<Record<Fix["kind"], string>> = {
    reserve: JSON.stringify(fix),
    unreserve: JSON.stringify(fix),
    insert: fix.kind === "insert" ? headOf(fix.statement) : "",
    remove: "",
    replace: fix.kind === "replace" ? fix.part : "",
    option: fix.kind === "option" ? fix.name : "",
    import: fix.kind === "import" ? fix.imported : "",
    create: "",
  };
  return JSON.stringify([kind, path, symbol, rest[kind]]);
}

/** Apart from the text itself, two may differ in what they come behind. */
function isSame(a: Fix, b: Fix): boolean {
  if (a.kind === "insert" && b.kind === "insert") return a.statement === b.statement;
  // Who asks that it be public has what the other asks for.
  if (a.kind === "import" && b.kind === "import") return true;
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What tells a statement from others: all of it up to its options or its body, without comments. */
function headOf(statement: string): string {
  return statement
    .replace(/^\s*\/\/.*\n/gm, "")
    .split(/[[{;]/, 1)[0]!
    .trim();
}

/** A field that gets its name back has the JSON name that follows it: to write that as well says nothing. */
function namedBack(fixes: readonly Fix[]): (fix: Fix) => boolean {
  const names = new Map(
    fixes.flatMap((fix) =>
      fix.kind === "replace" && fix.part === "name" ? [[fix.symbol, fix.text] as const] : [],
    ),
  );
  return (fix) =>
    fix.kind === "option" &&
    fix.name === "json_name" &&
    fix.value === JSON.stringify(jsonNameOf(names.get(fix.symbol) ?? ""));
}

type ReserveFix = Extract<Fix, { kind: "reserve" }>;

/** What comes back, where to, and the words of its head. */
interface Coming {
  readonly symbol: string;
  readonly words: ReadonlySet<string>;
}

/** A name that comes back is not reserved, nor is its number. They are looked up by their words: there may be thousands. */
function comingBack(fixes: readonly Fix[]): (fix: ReserveFix) => boolean {
  const byWord = new Map<string, Coming[]>();
  for (const fix of fixes) {
    if (fix.kind !== "insert") continue;
    const words = new Set(headOf(fix.statement).split(/\W+/));
    for (const word of words) {
      const others = byWord.get(word);
      if (others === undefined) byWord.set(word, [{ symbol: fix.symbol, words }]);
      else others.push({ symbol: fix.symbol, words });
    }
  }
  return (fix) => {
    const wanted = wordsOf(fix);
    const coming = byWord.get(wanted[0] ?? "") ?? [];
    return coming.some(
      ({ symbol, words }) => isWithin(symbol, fix.symbol) && wanted.every((word) => words.has(word)),
    );
  };
}

/** What a head has that brings all of this back; the name tells most. A range is nobody's number. */
function wordsOf({ names, numbers }: ReserveFix): readonly string[] {
  return [
    ...names,
    ...numbers.map(({ start, end }) => (start === end ? `${Math.abs(start)}` : `${start} to ${end}`)),
  ];
}

/** A field comes back into its message, or into a oneof in it. */
function isWithin(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}
