import type { Fix } from "../../rules/index.js";
import type { Declaration } from "./declaration.js";
import type { Editing, Refusal } from "./draft.js";
import { pathOf } from "./option-path.js";

/** Fixes that can be made together, and those that others stand in the way of. */
export interface Sifted {
  readonly fixes: readonly Fix[];
  readonly refused: readonly Refusal[];
}

/**
 * Of fixes that ask for different things at one place the first in an order of their own is made, so that it does not
 * matter in which order they come. Of equal ones each is made by the first.
 */
export function findClashes(fixes: readonly Fix[], editing: Editing): Sifted {
  const kept = new Map<string, Fix>();
  const refused: Refusal[] = [];
  for (const fix of sorted(fixes)) {
    const slot = slotOf(fix);
    const rival = kept.get(slot);
    if (rival === undefined) kept.set(slot, fix);
    else if (keyOf(rival) !== keyOf(fix))
      refused.push({ fix, why: `another fix asks for something else at ${fix.symbol}` });
  }
  const rivals = [...kept.values()].filter(
    (fix) => fix.kind === "remove" || (fix.kind === "replace" && fix.part === "statement"),
  );
  const inWay = [...kept.values()].map((fix) => [fix, whyInWay(fix, rivals, editing)] as const);
  return {
    fixes: inWay.flatMap(([fix, why]) => (why === undefined ? [fix] : [])),
    refused: [...refused, ...inWay.flatMap(([fix, why]) => (why === undefined ? [] : [{ fix, why }]))],
  };
}

function sorted(fixes: readonly Fix[]): readonly Fix[] {
  const keyed = fixes.map((fix) => [keyOf(fix), fix] as const);
  return keyed.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, fix]) => fix);
}

/** The same for equal fixes, however they were made. */
function keyOf(fix: Fix): string {
  return JSON.stringify(fix, Object.keys(fix).toSorted().concat("start", "end"));
}

/** What only one fix may be about. */
function slotOf(fix: Fix): string {
  const { kind, symbol } = fix;
  switch (kind) {
    case "replace":
      return JSON.stringify([kind, symbol, fix.part]);
    case "option":
      return JSON.stringify([kind, symbol, pathOf(fix.name).map((part) => part.replace("(.", "("))]);
    case "remove":
      return JSON.stringify([kind, symbol]);
    default:
      return keyOf(fix);
  }
}

/** Why a fix is not made because of others that do away with what it edits. */
function whyInWay(fix: Fix, others: readonly Fix[], { names }: Editing): string | undefined {
  const target = names.get(fix.symbol)?.declaration;
  if (target === undefined || fix.kind === "remove") return undefined;
  for (const other of others) {
    const rival = other === fix ? undefined : names.get(other.symbol)?.declaration;
    if (rival === undefined) continue;
    if (other.kind === "remove" && isIn(target, rival)) return `another fix removes ${other.symbol}`;
    const isRewritten = other.kind === "replace" && other.part === "statement" && rival === target;
    if (isRewritten && isOfHead(fix, target)) return `another fix writes the statement of ${fix.symbol} anew`;
  }
  return undefined;
}

function isIn(inner: Declaration, outer: Declaration): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** A body stays when its head is written anew. */
function isOfHead(fix: Fix, { body }: Declaration): boolean {
  return fix.kind === "replace" || (fix.kind === "option" && body === undefined);
}
