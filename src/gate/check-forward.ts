import type { Image } from "../image/index.js";
import type { Finding } from "../rules/index.js";
import { type CheckOptions, check } from "./check.js";
import { forwardId } from "./finding-id.js";
import { sortFindings } from "./sort-findings.js";

/**
 * Judges two images as if the elder came after the newer: what holds for whoever has the elder contract and meets
 * those who have the newer.
 *
 * Lifecycles are not asked about, because no promise is made to the past. `at` stays the place in the newer image,
 * which is the one that its author can edit, and there is no advice: a rule's speaks of the other way.
 * @throws Proto4Error as `check` does
 */
export function checkForward(before: Image, after: Image, options: CheckOptions): readonly Finding[] {
  const except = [...(options.breaking?.except ?? []), "LIFECYCLE"];
  const breaking = { ...options.breaking, except };
  return sortFindings(check(after, before, { ...options, breaking, history: [] }).map(turnRound));
}

function turnRound(finding: Finding): Finding {
  return {
    ...finding,
    id: forwardId(finding.id),
    at: finding.before,
    before: finding.at,
    suggestion: [],
    way: { fixes: [] },
  };
}
