import type { Finding, FindingBaseline } from "../../rules/index.js";
import type { DatedImage } from "../check.js";
import { checkSides, type SidesOptions } from "../check-sides.js";
import type { Side } from "../workspace/pair-modules.js";
import { type Direction, isTransitive, waysOf } from "./direction.js";

/** A version to compare with. */
export interface Baseline {
  /** What to call it: a tag, a version, an input. */
  readonly name: string;
  /** yyyy-mm-dd, the day it came out; `undefined` where nobody knows. */
  readonly date: string | undefined;
  readonly side: Side;
  /** The texts of its sources by their paths in its image, where those are kept elsewhere than in the side's workspace. */
  readonly loadSources?: (() => Promise<ReadonlyMap<string, string>>) | undefined;
}

/** How to judge workspaces against several versions. */
export interface BaselinesOptions extends Omit<SidesOptions, "direction" | "history"> {
  /** Without it, all baselines are looked at, backward. */
  readonly direction?: Direction | undefined;
}

/**
 * Judges an input against versions of it, newest first. Each has those behind it for its history; unless the direction
 * is transitive, that is all that those are there for.
 * @returns findings by baseline, in the order given, backward before forward; within, as `checkSides` has them. They
 * name their baseline where there are several, or one is looked at forward
 * @throws Proto4Error as `checkSides` does
 */
export function checkBaselines(
  baselines: readonly Baseline[],
  after: Side,
  { direction = "backward-transitive", ...options }: BaselinesOptions,
): readonly Finding[] {
  const ways = waysOf(direction);
  const needName = baselines.length > 1 || ways.includes("forward");
  const asked = isTransitive(direction) ? baselines : baselines.slice(0, 1);
  return asked.flatMap(({ name, side }, index) => {
    const history = historyOf(baselines, index);
    return ways.flatMap((way) =>
      checkSides(side, after, { ...options, history, direction: way }).map((finding) =>
        needName ? withBaseline(finding, { name, direction: way }) : finding,
      ),
    );
  });
}

/** What was there before a baseline, as `check` takes it. */
export function historyOf(baselines: readonly Baseline[], index: number): readonly DatedImage[] {
  return baselines.slice(index + 1).map(({ name, date, side }) => ({ name, date, image: side.image }));
}

function withBaseline(finding: Finding, baseline: FindingBaseline): Finding {
  return { ...finding, baseline };
}
