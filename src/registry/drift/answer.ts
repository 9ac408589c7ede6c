import { parseDuration, tellDuration } from "./duration.js";
import { defaultWindow, type Observed } from "./observed.js";

/** Whether something may be done. Who cannot know says so: a gate takes it for a no. */
export interface Answer {
  readonly answer: "yes" | "no" | "unknown";
  /** What it rests on, what is against it first. */
  readonly reasons: readonly Reason[];
}

/** A fact for or against. */
export interface Reason {
  /** The answer that the fact alone would give. */
  readonly says: Answer["answer"];
  readonly kind: ReasonKind;
  readonly message: string;
  readonly service?: string | undefined;
  readonly fingerprint?: string | undefined;
  /** How many instances it speaks of. */
  readonly instances?: number | undefined;
}

type ReasonKind =
  /** An instance runs. */
  | "live"
  /** Something ran within the window. */
  | "seen"
  /** A contract is in no version of the registry. */
  | "contract-unknown"
  /** Nobody has said that everything in the environment joins. */
  | "coverage"
  /** Observation is not as long as the window, or has not begun. */
  | "observation";

/** One no makes it no, else one unknown makes it unknown; yes has to be won. */
export function conclude(reasons: readonly Reason[]): Answer {
  const order: readonly Answer["answer"][] = ["no", "unknown", "yes"];
  const sorted = [...reasons].sort((a, b) => order.indexOf(a.says) - order.indexOf(b.says));
  // A yes rests on coverage and observation, which are always among the reasons.
  return { answer: sorted[0]?.says ?? "unknown", reasons: sorted };
}

/** @returns milliseconds for which what was seen counts */
export function windowOf({ said }: Observed): number {
  return parseDuration(said?.window ?? defaultWindow);
}

/** Whether what was seen may still run, or ran within the window. */
export function isWithin({ due }: { readonly due: string }, window: number, now: number): boolean {
  return Date.parse(due) >= now - window;
}

/** Whether all that runs is known to be observed, and long enough: two reasons for yes, or why it cannot be known. */
export function coverage(observed: Observed, now: number): readonly Reason[] {
  const { environment, said, liveSince, seenSince } = observed;
  const window = windowOf(observed);
  const complete = said?.complete;
  const covered: Reason =
    complete === undefined
      ? {
          says: "unknown",
          kind: "coverage",
          message: `nobody has said that everything in ${environment} joins: when it does, say so by "proto4 registry environment ${environment} --complete --reason …"`,
        }
      : {
          says: "yes",
          kind: "coverage",
          message: `everything in ${environment} joins, says ${complete.by}: ${complete.reason}`,
        };
  const span = Math.max(window, longestLook(observed));
  return [covered, observation([liveSince, seenSince, complete?.at], environment, span, now)];
}

/** Who runs on after a wipe is entered anew when it looks again: until then nobody sees it. */
function longestLook({ seen }: Observed): number {
  return seen.reduce((longest, { last, due }) => Math.max(longest, Date.parse(due) - Date.parse(last)), 0);
}

function observation(
  times: readonly (string | undefined)[],
  environment: string,
  wanted: number,
  now: number,
): Reason {
  const [live, seen, said] = times;
  if (live === undefined || seen === undefined)
    return {
      says: "unknown",
      kind: "observation",
      message: `nothing has reported in ${environment} since its records were made or wiped: there is nothing to go by`,
    };
  // The youngest of them: from then on nothing can have been missed.
  const since = [live, seen, ...(said === undefined ? [] : [said])].sort().at(-1)!;
  const span = now - Date.parse(since);
  const told = `${environment} is observed whole since ${since}`;
  if (span < wanted) {
    const until = new Date(Date.parse(since) + wanted).toISOString();
    return {
      says: "unknown",
      kind: "observation",
      message: `${told}, for ${tellDuration(span)} of ${tellDuration(wanted)}: ask again at ${until}`,
    };
  }
  return {
    says: "yes",
    kind: "observation",
    message: `${told}, longer than ${tellDuration(wanted)}, within which whatever runs is seen`,
  };
}
