import { Proto4Error } from "../../diagnostics/index.js";
import { complaintsOf } from "../../image/index.js";
import type { Finding, Fix } from "../../rules/index.js";
import { fixFile } from "./fix-file.js";
import { type FixedSource, type Fixing, keyOf, type Unfixed } from "./fixing.js";
import { mergeFixes } from "./merge-fixes.js";

/** What comes of fixing some findings together. */
export interface Attempt {
  readonly sources: readonly FixedSource[];
  readonly fixed: readonly Finding[];
  readonly refused: readonly Unfixed[];
  readonly remaining: readonly Finding[] | undefined;
  /** Why the sources are not to be written. */
  readonly failure: string | undefined;
}

/** @param known keys of what was found before */
export async function tryFixes(
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
    const edits = paths.map((path) => editSource(path, merged.fixes, fixing));
    const out = [
      ...merged.refused,
      ...ownersOf(
        edits.flatMap((edit) => edit.refused),
        fixed,
      ),
    ];
    if (out.length === 0) return { sources: edits.map(({ source }) => source), fixed, refused };
    refused.push(...unique(out));
    const left = new Set(out.map(({ finding }) => finding));
    fixed = fixed.filter((finding) => !left.has(finding));
  }
}

function editSource(path: string, fixes: readonly Fix[], fixing: Fixing) {
  const own = fixes.filter((fix) => fix.path === path);
  const all = (why: string) => ({
    source: { path, before: "", after: "" },
    refused: own.map((fix) => ({ fix, why })),
  });
  const read = fixing.read(path);
  if ("why" in read) return all(read.why);
  try {
    const { text: after, refused } = fixFile(read.text, own);
    return { source: { path, before: read.text, after }, refused };
  } catch (error) {
    if (!(error instanceof Proto4Error)) throw error;
    return all(error.message);
  }
}

/** Those who asked for fixes that are refused, or for some that were united with them. */
function ownersOf(
  refused: readonly { readonly fix: Fix; readonly why: string }[],
  findings: readonly Finding[],
): readonly Unfixed[] {
  const whyNot = new Map(refused.map(({ fix, why }) => [JSON.stringify(fix), why]));
  if (whyNot.size === 0) return [];
  return findings.flatMap((finding) => {
    const whys = finding.way.fixes.flatMap((fix) => whyNot.get(JSON.stringify(fix)) ?? []);
    return whys.map((why) => ({ finding, why }));
  });
}

/** Each finding once. */
export function unique(unfixed: readonly Unfixed[]): readonly Unfixed[] {
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

function noEdit(finding: Finding): Unfixed {
  return { finding, why: "the sources say already what would meet it" };
}

function complaintOf(error: Proto4Error): string {
  const [complaint] = complaintsOf(error);
  return complaint?.message ?? error.message.split("\n", 1)[0] ?? "";
}
