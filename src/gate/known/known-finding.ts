import type { Finding } from "../../rules/index.js";

/** A finding that was there when a team took up the gate, as a file keeps it. */
export type KnownFinding = Pick<Finding, "id" | "rule" | "symbol" | "message">;

/** What is left of findings without those that are known. */
export interface Unknown {
  readonly findings: readonly Finding[];
  /** How many were left out; one against several baselines is one. */
  readonly left: number;
  /** What is known and was not found. */
  readonly stale: readonly KnownFinding[];
}

/** Leaves out what is written down. */
export function leaveOutKnown(findings: readonly Finding[], known: readonly KnownFinding[]): Unknown {
  const ids = new Set(known.map(({ id }) => id));
  const found = new Set(findings.map(({ id }) => id));
  return {
    findings: findings.filter(({ id }) => !ids.has(id)),
    left: [...found].filter((id) => ids.has(id)).length,
    stale: known.filter(({ id }) => !found.has(id)),
  };
}
