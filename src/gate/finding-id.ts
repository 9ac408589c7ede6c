import { createHash } from "node:crypto";
import type { Change } from "../diff/index.js";
import type { NumberRange } from "../schema/index.js";

/**
 * 12 hex digits that name a finding for as long as the same rule is offended by the same symbol in the same
 * way: places, order and wording are no part of it, nor is what else changes about the symbol.
 */
export function findingId(rule: string, change: Change, offence = ""): string {
  return hash([rule, change.kind, ...identity(change), offence]);
}

/** The same for a rule that needs no change. */
export function standingId(rule: string, symbol: string, offence = ""): string {
  return hash([rule, symbol, offence]);
}

/** Of a finding for whoever still has the elder contract: a field that comes is not the same field that leaves. */
export function forwardId(id: string): string {
  return hash([id, "forward"]);
}

type Identity = readonly [before: string, after: string, from: string, to: string];

/** What a change is about, and what became of it. */
function identity(change: Change): Identity {
  switch (change.kind) {
    // It shows the package's first file, which is another one where files are split or renamed.
    case "package-removed":
      return [change.before.package, "", "", ""];
    // In which order the names of a number stand is nobody's business.
    case "enum-value-removed":
      return [listNames(change.aliases), "", "", ""];
    // Which names were lost, for which one: others may join the number later.
    case "enum-value-renamed":
      return [listNames(change.lost), change.after.fullName, "", ""];
    case "reserved-removed":
    case "enum-reserved-removed":
    case "extension-range-removed":
      return [change.before.fullName, change.after.fullName, freed(change), ""];
    default:
      return plain(change);
  }
}

/** What is paired by number may be renamed besides, which is a finding of its own and leaves this one the same. */
function plain(change: Change): Identity {
  const before = "before" in change ? change.before.fullName : "";
  const after = "after" in change ? before || change.after.fullName : "";
  const [from, to] = "from" in change ? [change.from, change.to] : ["", ""];
  return [before, after, from, to];
}

/** The numbers, however the ranges were cut: to free more of them is another finding. A name as it is. */
function freed({ from, freed }: { readonly from: string; readonly freed: readonly NumberRange[] }): string {
  if (freed.length === 0) return from;
  return freed.map(({ start, end }) => `${start} to ${end}`).join(", ");
}

function listNames(values: readonly { readonly fullName: string }[]): string {
  return values
    .map(({ fullName }) => fullName)
    .toSorted()
    .join(", ");
}

function hash(parts: readonly string[]): string {
  return createHash("sha256").update(parts.join("\0")).digest("hex").slice(0, 12);
}
