import type { FindingBaseline } from "../../rules/index.js";

/** Which contracts have to get on with which, in the words of schema registries. */
export const directions = [
  "backward",
  "forward",
  "full",
  "backward-transitive",
  "forward-transitive",
  "full-transitive",
] as const;

export type Direction = (typeof directions)[number];

/** Whether all baselines are looked at, not only the newest. */
export function isTransitive(direction: Direction): boolean {
  return direction.endsWith("-transitive");
}

/** The ways in which each baseline is looked at. */
export function waysOf(direction: Direction): readonly FindingBaseline["direction"][] {
  if (direction.startsWith("full")) return ["backward", "forward"];
  return [direction.startsWith("forward") ? "forward" : "backward"];
}
