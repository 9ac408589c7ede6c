import type { Plan } from "./plan.js";

/** A plan and all that it uses, however far. */
export function reachablePlans(plan: Plan): ReadonlySet<Plan> {
  const reached = new Set([plan]);
  // A set's iterator also visits what is added under way.
  for (const each of reached) for (const used of each.uses ?? []) reached.add(used);
  return reached;
}
