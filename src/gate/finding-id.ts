import { createHash } from "node:crypto";
import type { Change } from "../diff/index.js";

/**
 * 12 hex digits that name a finding for as long as the same rule is offended by the same symbol in the same
 * way: places, order and wording are no part of it.
 */
export function findingId(rule: string, change: Change, offence = ""): string {
  const { kind } = change;
  const before = "before" in change ? change.before.fullName : "";
  const after = "after" in change ? change.after.fullName : "";
  const [from, to] = "from" in change ? [change.from, change.to] : ["", ""];
  return hash([rule, kind, before, after, from, to, offence]);
}

/** The same for a rule that needs no change. */
export function standingId(rule: string, symbol: string, offence = ""): string {
  return hash([rule, symbol, offence]);
}

/** Of a finding for whoever still has the elder contract: a field that comes is not the same field that leaves. */
export function forwardId(id: string): string {
  return hash([id, "forward"]);
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12);
}
