import { Proto4Error } from "../../diagnostics/index.js";
import type { Loss, LossReason } from "./convert.js";
import { formatPlace, type Place } from "./frame.js";

/** Counts what became of messages: the figures grow with the input, what is kept does not. */
export interface Tally {
  readonly translated: number;
  readonly failed: number;
  succeed(place: Place, lost: readonly Loss[]): void;
  /**
   * @param isLost whether the others cannot be found any more
   * @throws Proto4Error "message-malformed" unless the others can be carried, and are to be, nevertheless
   */
  fail(place: Place, problem: string, isLost?: boolean): void;
  /** What was lost, and how often, as lines. */
  losses(): readonly string[];
}

export interface TallyOptions {
  /** What the input is called in errors. */
  readonly source: string;
  readonly keepGoing: boolean;
  /** Told of each failure, as long as they are few. */
  readonly tell: (line: string) => void;
}

export function createTally({ source, keepGoing, tell }: TallyOptions): Tally {
  let [translated, failed] = [0, 0];
  const lost = new Map<LossReason, { count: number; readonly first: string[] }>();
  return {
    get translated() {
      return translated;
    },
    get failed() {
      return failed;
    },
    succeed(place, losses) {
      translated++;
      for (const { path, reason } of losses) {
        const known = lost.get(reason) ?? { count: 0, first: [] };
        lost.set(reason, known);
        if (known.count++ < placesTold) known.first.push(formatLoss(place, path));
      }
    },
    fail(place, problem, isLost = false) {
      if (isLost || !keepGoing) throw stopped(source, place, problem, isLost);
      if (failed++ < failuresTold) tell(`${source}: ${formatPlace(place)}: ${problem}`);
      if (failed === failuresTold + 1) tell("more are only counted");
    },
    losses: () => [...lost].sort().map(([reason, { count, first }]) => formatLosses(reason, count, first)),
  };
}

function stopped(source: string, place: Place, problem: string, isLost: boolean): Proto4Error {
  const others = isLost ? "" : "; --keep-going carries the others nevertheless";
  const words = `${formatPlace(place)} cannot be translated: ${problem}${others}`;
  return new Proto4Error("message-malformed", words, { location: { path: source } });
}

function formatLoss(place: Place, path: string): string {
  return path === "" ? formatPlace(place) : `${formatPlace(place)} ${path}`;
}

function formatLosses(reason: LossReason, count: number, first: readonly string[]): string {
  const more = count > first.length ? ", …" : "";
  return `  ${reason} ${count === 1 ? "once" : `${count} times`}, ${meaning[reason]}: ${first.join(", ")}${more}`;
}

const meaning: Readonly<Record<LossReason, string>> = {
  edited: "because the value changed meanwhile and the edit wins",
  stripped: "because nothing tells who wrote the stash; --trust-stash restores it",
  malformed: "because the stash holds nothing that belongs there",
  limit: "because the stash was full",
  json: "because JSON has no unknown fields and no stash",
};

const failuresTold = 20;
const placesTold = 3;
