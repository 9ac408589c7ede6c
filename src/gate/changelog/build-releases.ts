import type { Baseline } from "../baselines/check-baselines.js";
import { historyOf } from "../baselines/check-baselines.js";
import type { PairOptions } from "../pair-options.js";
import type { Side } from "../workspace/pair-modules.js";
import { buildChangelog } from "./build-changelog.js";
import type { Changelog } from "./changelog.js";

/** How to judge, and whether the later packages continue elder ones of other names. */
interface ReleasesOptions extends Omit<PairOptions, "history"> {
  readonly isMapped?: boolean | undefined;
}

/**
 * What changed from version to version, newest first: from each baseline to the one before it in the list, and from
 * the first to the input. A version is judged as of the day it came out, where that is known, but by the input's policy:
 * those of elder versions may have been other ones, or broken.
 * @throws Proto4Error as `buildChangelog` does
 */
export function buildReleases(
  baselines: readonly Baseline[],
  after: Side,
  { isMapped = false, ...options }: ReleasesOptions,
): readonly Changelog[] {
  const file = after.workspace.policy();
  return baselines.map((before, index) => {
    const later = baselines[index - 1];
    const history = historyOf(baselines, index);
    const today = later?.date ?? options.today;
    return buildChangelog(before, later ?? after, { ...options, today, history }, file, isMapped);
  });
}
