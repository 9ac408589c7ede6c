import type { Contract, Loss } from "../mapping.js";

/** A chain loses what the hop does that loses most. */
export function worstLoss(losses: readonly Loss[]): Loss {
  return worst(losses, ["ISO", "LENS", "PRISM", "OPAQUE"]);
}

/** A chain holds only what all of its hops hold. */
export function worstContract(contracts: readonly Contract[]): Contract {
  return worst(contracts, ["BYTES", "CANON", "MODULO"]);
}

function worst<Class>(classes: readonly Class[], order: readonly Class[]): Class {
  return order.findLast((each) => classes.includes(each)) ?? order[0]!;
}
