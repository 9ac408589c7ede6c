import { gzipSync } from "node:zlib";
import type { Severity } from "../../../rules/index.js";
import type { FindingGroup } from "../group-baselines.js";

/**
 * What code scanning takes of results: no more than it takes, and as many as have room when they are compressed. It
 * shows fewer than it takes, which is why the gravest are put first where there are more than those.
 * @param print the log of some of them
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
export function fitSarif(
  groups: readonly FindingGroup[],
  print: (kept: readonly FindingGroup[]) => string,
): string {
  const sorted = groups.length <= SHOWN ? groups : gravestFirst(groups);
  for (let count = Math.min(groups.length, RESULTS); ; count = Math.floor(count / 2)) {
    // What has to give way, for its size, is also the least grave.
    const kept = count === groups.length ? sorted : gravestFirst(groups).slice(0, count);
    const text = print(kept);
    if (count === 0 || isSmall(text)) return text;
  }
}

/** Those that somebody accepted come last. */
function gravestFirst(groups: readonly FindingGroup[]): readonly FindingGroup[] {
  const rank = ({ finding: { severity, waiver } }: FindingGroup) =>
    waiver === undefined ? severities.indexOf(severity) : severities.length;
  return groups.toSorted((a, b) => rank(a) - rank(b));
}

function isSmall(text: string): boolean {
  return Buffer.byteLength(text) <= BYTES || gzipSync(text).length <= BYTES;
}

const severities: readonly Severity[] = ["error", "warning", "info"];

/** Results of a run that are shown, and those with which a run is taken. */
const SHOWN = 5_000;
const RESULTS = 25_000;

/** Of 10 MB, when compressed; the action that uploads a log adds a hash to each result. */
const BYTES = 9_000_000;
