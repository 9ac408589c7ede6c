import type { Finding, FindingBaseline } from "../../rules/index.js";
import { type Annotation, toAnnotation } from "./annotation.js";

/**
 * Findings for formats that have no place for a baseline: the message names it. What is found at the same place
 * against several baselines is one annotation that names them all.
 */
export function annotateBaselines(findings: readonly Finding[]): readonly Annotation[] {
  const single = findings.filter(({ baseline }) => baseline === undefined);
  const groups = new Map<string, Group>();
  for (const finding of findings) {
    if (finding.baseline === undefined) continue;
    const { name, direction } = finding.baseline;
    const annotation = toAnnotation(finding);
    const key = JSON.stringify([annotation, direction]);
    const group = groups.get(key) ?? { annotation, direction, names: [] };
    groups.set(key, group);
    group.names.push(name);
  }
  return [...single.map(toAnnotation), ...[...groups.values()].map(nameBaselines)];
}

interface Group {
  readonly annotation: Annotation;
  readonly direction: FindingBaseline["direction"];
  readonly names: string[];
}

/** `… (against v1.2.0, v1.1.0)` */
function nameBaselines({ annotation, direction, names }: Group): Annotation {
  const way = direction === "forward" ? "forward against" : "against";
  return { ...annotation, message: `${annotation.message} (${way} ${names.join(", ")})` };
}
