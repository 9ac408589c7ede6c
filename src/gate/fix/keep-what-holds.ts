import type { Finding } from "../../rules/index.js";
import type { Unfixed } from "./fixing.js";
import type { Attempt } from "./try-fixes.js";

/** What of many findings can be fixed together: the larger half that can, and of the rest each half again. */
export async function keepWhatHolds(
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
