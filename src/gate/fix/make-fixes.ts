import { Proto4Error } from "../../diagnostics/index.js";
import { complaintsOf } from "../../image/index.js";
import { type Finding, fixTable } from "../../rules/index.js";
import { fixFile } from "./fix-file.js";
import { mergeFixes, type Unfixed } from "./merge-fixes.js";

/** A source by its path, as it is and as it shall be. */
export interface FixedSource {
  readonly path: string;
  /** `undefined` for a new one. */
  readonly before: string | undefined;
  readonly after: string;
}

/** What fixes make of sources. */
export interface FixResult {
  /** Only those that differ. */
  readonly sources: readonly FixedSource[];
  readonly fixed: readonly Finding[];
  readonly unfixed: readonly Unfixed[];
  /** What of what was asked is found in the fixed sources, where it is now. */
  readonly remaining: readonly Finding[];
}

/** What fixing needs to know of the world. */
export interface Fixing {
  /** The text of a source; a sentence where it cannot be edited. */
  readonly read: (path: string) => SourceText;
  /**
   * Compiles the workspace with these sources in place of its own, and checks it again.
   * @throws Proto4Error "compile-failed"
   */
  readonly check: (sources: readonly FixedSource[]) => Promise<readonly Finding[]>;
}

/** A new file has no text yet. */
export type SourceText = { readonly text: string | undefined } | { readonly why: string };

/**
 * Fixes findings, and holds the sources that come of it to a second check: what was fixed must be gone, and nothing
 * new be found. Where that does not hold for all, files are tried by themselves, and then findings.
 * @param found all that is found, of which some may be accepted; these are nothing new
 * @param asked those of them to fix
 */
export async function makeFixes(
  found: readonly Finding[],
  asked: readonly Finding[],
  fixing: Fixing,
): Promise<FixResult> {
  const unfixed = asked.filter(({ fixes }) => fixes.length === 0).map(unknownWay);
  const fixable = asked.filter(({ fixes }) => fixes.length > 0);
  const known = new Set(found.map(keyOf));
  const attempt = (chosen: readonly Finding[]) => tryFixes(chosen, known, fixing);
  const whole = await attempt(fixable);
  if (whole.failure === undefined) return resultOf(whole, unfixed, asked);
  const kept = await keepWhatHolds(fixable, attempt);
  return resultOf(kept.attempt, [...unfixed, ...kept.left], asked);
}

interface Attempt {
  readonly sources: readonly FixedSource[];
  readonly fixed: readonly Finding[];
  readonly refused: readonly Unfixed[];
  readonly remaining: readonly Finding[] | undefined;
  /** Why the sources are not to be written. */
  readonly failure: string | undefined;
}

async function tryFixes(
  chosen: readonly Finding[],
  known: ReadonlySet<string>,
  fixing: Fixing,
): Promise<Attempt> {
  const { sources, fixed, refused } = editSources(chosen, fixing);
  const edited = { sources: sources.filter(({ before, after }) => before !== after), fixed, refused };
  if (edited.sources.length === 0)
    return {
      ...edited,
      fixed: [],
      refused: [...refused, ...fixed.map(noEdit)],
      remaining: undefined,
      failure: undefined,
    };
  try {
    const remaining = await fixing.check(edited.sources);
    return { ...edited, remaining, failure: whatIsWrong(fixed, remaining, known) };
  } catch (error) {
    if (!(error instanceof Proto4Error)) throw error;
    return {
      ...edited,
      remaining: undefined,
      failure: `the fixed sources do not compile: ${complaintOf(error)}`,
    };
  }
}

/** Edits, leaving out whole findings of which an edit is refused. */
function editSources(chosen: readonly Finding[], fixing: Fixing) {
  let fixed = chosen;
  const refused: Unfixed[] = [];
  for (;;) {
    const merged = mergeFixes(fixed);
    const paths = [...new Set(merged.fixes.map(({ path }) => path))];
    const edits = paths.map((path) => {
      const own = merged.fixes.filter((fix) => fix.path === path);
      const source = fixing.read(path);
      if ("why" in source)
        return {
          source: { path, before: "", after: "" },
          refused: own.map((fix) => ({ fix, why: source.why })),
        };
      const { text, refused } = fixFile(source.text, own);
      return { source: { path, before: source.text, after: text }, refused };
    });
    const out = [
      ...merged.refused,
      ...edits.flatMap((edit) => edit.refused.flatMap((each) => ownersOf(each, fixed))),
    ];
    if (out.length === 0) return { sources: edits.map(({ source }) => source), fixed, refused };
    refused.push(...unique(out));
    const left = new Set(out.map(({ finding }) => finding));
    fixed = fixed.filter((finding) => !left.has(finding));
  }
}

/** Those who asked for a fix, or for one that was united with it. */
function ownersOf(
  { fix, why }: { fix: Finding["fixes"][number]; why: string },
  findings: readonly Finding[],
) {
  const wanted = JSON.stringify(fix);
  return findings
    .filter(({ fixes }) => fixes.some((each) => each === fix || JSON.stringify(each) === wanted))
    .map((finding): Unfixed => ({ finding, why }));
}

function unique(unfixed: readonly Unfixed[]): readonly Unfixed[] {
  return [...new Map(unfixed.map((each) => [each.finding, each])).values()];
}

function whatIsWrong(
  fixed: readonly Finding[],
  remaining: readonly Finding[],
  known: ReadonlySet<string>,
): string | undefined {
  const added = remaining.find((finding) => !known.has(keyOf(finding)));
  if (added !== undefined) return `it would bring a new finding: ${added.rule}, ${added.message}`;
  const keys = new Set(remaining.map(keyOf));
  const stays = fixed.find((finding) => keys.has(keyOf(finding)));
  return stays === undefined ? undefined : `it would still be found: ${stays.rule}, ${stays.message}`;
}

/** What of many findings can be fixed together: the larger half that can, and of the rest each half again. */
async function keepWhatHolds(
  findings: readonly Finding[],
  attempt: (chosen: readonly Finding[]) => Promise<Attempt>,
): Promise<{ readonly attempt: Attempt; readonly left: readonly Unfixed[] }> {
  let kept: readonly Finding[] = [];
  let best: Attempt = nothingDone;
  const left: Unfixed[] = [];
  let tries = MOST_TRIES;
  const add = async (group: readonly Finding[]): Promise<void> => {
    if (tries-- <= 0) {
      left.push(
        ...group.map((finding) => ({ finding, why: "it holds only without others, and these are many" })),
      );
      return;
    }
    const next = await attempt([...kept, ...group]);
    if (next.failure === undefined) {
      kept = [...kept, ...group];
      best = next;
    } else if (group.length === 1) left.push({ finding: group[0]!, why: next.failure });
    else for (const half of halves(group)) await add(half);
  };
  for (const group of halves(findings)) await add(group);
  return { attempt: best, left };
}

/** What is said of one element stays together as long as it can. */
function halves(group: readonly Finding[]): readonly (readonly Finding[])[] {
  if (group.length < 2) return [group];
  const sorted = group.toSorted((a, b) => (a.symbol < b.symbol ? -1 : a.symbol > b.symbol ? 1 : 0));
  const middle = Math.ceil(sorted.length / 2);
  return [sorted.slice(0, middle), sorted.slice(middle)];
}

/** A check takes its time, and whoever has so many findings that stand in each other's way can fix some first. */
const MOST_TRIES = 60;

const nothingDone: Attempt = {
  sources: [],
  fixed: [],
  refused: [],
  remaining: undefined,
  failure: undefined,
};

function resultOf(
  { sources, refused, remaining }: Attempt,
  unfixed: readonly Unfixed[],
  asked: readonly Finding[],
): FixResult {
  const now = remaining === undefined ? asked : remaining;
  const standing = new Map(now.map((finding) => [keyOf(finding), finding]));
  const isGone = (finding: Finding) => !standing.has(keyOf(finding));
  return {
    sources,
    fixed: asked.filter(isGone),
    unfixed: unique([...unfixed, ...refused]).filter(({ finding }) => !isGone(finding)),
    remaining: asked.flatMap((finding) => {
      const found = standing.get(keyOf(finding));
      return found === undefined ? [] : [{ ...found, waiver: finding.waiver }];
    }),
  };
}

/** The id, and what it was held against: a version may be met again where another is broken still. */
function keyOf({ id, baseline }: Finding): string {
  return `${id} ${baseline?.direction ?? ""} ${baseline?.name ?? ""}`;
}

function unknownWay(finding: Finding): Unfixed {
  return {
    finding,
    why: finding.unfixable ?? fixTable[finding.rule]?.unfixable ?? "no edit that would meet it is known",
  };
}

function noEdit(finding: Finding): Unfixed {
  return { finding, why: "the sources say already what would meet it" };
}

function complaintOf(error: Proto4Error): string {
  const [complaint] = complaintsOf(error);
  return complaint?.message ?? error.message.split("\n", 1)[0] ?? "";
}
