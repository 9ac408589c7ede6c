import type { Finding } from "../../rules/index.js";
import type { KnownFinding } from "./known-finding.js";

/**
 * The findings of today as a file that the next runs read: one entry each, sorted so that a change of the file shows
 * what changed, and without a date for the same reason.
 */
export function printKnown(findings: readonly Finding[]): string {
  const entries = [...new Map(findings.map((finding) => [finding.id, finding])).values()];
  if (entries.length === 0) return `${header}findings: []\n`;
  const sorted = entries.toSorted((a, b) => compare(keyOf(a), keyOf(b)));
  return `${header}findings:\n${sorted.map(printOne).join("")}`;
}

const header = `# Findings that were there when this repository took up proto4 check: it fails on others only.
# "proto4 baseline" wrote this file, and forgets what is found no more. Nothing new is to be added by hand.
version: v1
`;

function printOne({ id, rule, symbol, message }: KnownFinding): string {
  return [
    `  - finding: ${quote(id)}`,
    `    rule: ${rule}`,
    `    symbol: ${quote(symbol)}`,
    `    message: ${quote(message)}`,
    "",
  ].join("\n");
}

/** JSON's strings are YAML's; an id of digits alone would be a number, and one with an `e` among them, too. */
function quote(text: string): string {
  return JSON.stringify(text);
}

function keyOf({ symbol, rule, id }: KnownFinding): string {
  return [symbol, rule, id].join("\0");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
