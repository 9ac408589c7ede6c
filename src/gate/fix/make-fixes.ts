import { type Finding, fixTable } from "../../rules/index.js";
import { type FixedSource, type Fixing, type FixResult, keyOf, type Unfixed } from "./fixing.js";
import { keepWhatHolds } from "./keep-what-holds.js";
import { tryFixes, unique } from "./try-fixes.js";

/**
 * Fixes findings, and holds the sources that come of it to a second check: what was fixed must be gone, and nothing
 * new be found. Where that does not hold for all, it is found out for which of them it does. What can be fixed only
 * now is fixed as well, so that to fix twice changes nothing.
 * @param found all that is found, of which some may be accepted; these are nothing new
 * @param asked those of them to fix
 */
export async function makeFixes(
  found: readonly Finding[],
  asked: readonly Finding[],
  fixing: Fixing,
): Promise<FixResult> {
  let round = await fixOnce(found, asked, fixing);
  let sources = round.sources;
  for (let rounds = 1; rounds < MOST_ROUNDS && round.sources.length > 0; rounds++) {
    round = await fixOnce(round.standing, round.remaining, over(fixing, sources));
    sources = united(sources, round.sources);
  }
  const standing = new Set(round.remaining.map(keyOf));
  return {
    sources: sources.filter(({ before, after }) => before !== after),
    fixed: asked.filter((finding) => !standing.has(keyOf(finding))),
    unfixed: round.unfixed,
    remaining: round.remaining,
  };
}

/** Each fixes something, and what is there to be fixed was found in the first. */
const MOST_ROUNDS = 5;

interface Round extends Omit<FixResult, "fixed"> {
  /** All that is found in the sources now. */
  readonly standing: readonly Finding[];
}

async function fixOnce(found: readonly Finding[], asked: readonly Finding[], fixing: Fixing): Promise<Round> {
  const unknown = asked.filter(({ way }) => way.fixes.length === 0).map(unknownWay);
  const fixable = asked.filter(({ way }) => way.fixes.length > 0);
  const known = new Set(found.map(keyOf));
  const attempt = (chosen: readonly Finding[]) => tryFixes(chosen, known, fixing);
  const whole = await attempt(fixable);
  const kept = whole.failure === undefined ? undefined : await keepWhatHolds(fixable, attempt);
  const { sources, refused, remaining: standing = found } = kept?.attempt ?? whole;
  const now = new Map(standing.map((finding) => [keyOf(finding), finding]));
  const whyNot = new Map(
    unique([...unknown, ...refused, ...(kept?.left ?? [])]).map((each) => [each.finding, each]),
  );
  return {
    sources,
    standing,
    // In the order of the findings, whichever way each of them was found out.
    unfixed: asked.flatMap((finding) => (now.has(keyOf(finding)) ? (whyNot.get(finding) ?? []) : [])),
    remaining: asked.flatMap((finding) => {
      const left = now.get(keyOf(finding));
      return left === undefined ? [] : [{ ...left, waiver: finding.waiver }];
    }),
  };
}

function unknownWay(finding: Finding): Unfixed {
  return {
    finding,
    why: finding.way.unfixable ?? fixTable[finding.rule]?.unfixable ?? "no edit that would meet it is known",
  };
}

/** The world as it is with sources that are fixed already. */
function over(fixing: Fixing, sources: readonly FixedSource[]): Fixing {
  const texts = new Map(sources.map(({ path, after }) => [path, after]));
  return {
    read: (path) => (texts.has(path) ? { text: texts.get(path) } : fixing.read(path)),
    check: (others) => fixing.check(united(sources, others)),
  };
}

function united(first: readonly FixedSource[], then: readonly FixedSource[]): readonly FixedSource[] {
  const sources = new Map(first.map((source) => [source.path, source]));
  for (const source of then) {
    const { before } = sources.get(source.path) ?? source;
    sources.set(source.path, { ...source, before });
  }
  return [...sources.values()];
}
