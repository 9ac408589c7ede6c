import type { Finding } from "../rules/index.js";

/** In the order of file, line, column, rule id; the message settles what is left. A file as a whole stands at its start. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted(
    (a, b) =>
      compare(a.at?.path ?? "", b.at?.path ?? "") ||
      (a.at?.startLine ?? 1) - (b.at?.startLine ?? 1) ||
      (a.at?.startColumn ?? 1) - (b.at?.startColumn ?? 1) ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
}

/** By code unit: a locale would make the order another one on another machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
