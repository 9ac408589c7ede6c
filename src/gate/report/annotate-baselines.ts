import type { Finding } from "../../rules/index.js";
import { type Annotation, toAnnotation } from "./annotation.js";
import { groupBaselines, messageOf } from "./group-baselines.js";

/**
 * Findings for formats that have no place for a baseline: the message names it. What is found at the same place
 * against several baselines is one annotation that names them all. Those that are waived are left out.
 */
export function annotateBaselines(findings: readonly Finding[]): readonly Annotation[] {
  const open = findings.filter(({ waiver }) => waiver === undefined);
  return groupBaselines(open).map((group) => ({
    ...toAnnotation(group.finding),
    message: messageOf(group),
  }));
}
