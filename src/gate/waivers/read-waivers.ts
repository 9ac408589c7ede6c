import { Proto4Error } from "../../diagnostics/index.js";
import { addDays } from "../../rules/index.js";
import type { YamlNode } from "../config/yaml-node.js";
import { tooLong } from "./too-long.js";
import { type PlacedWaiver, waiversShape } from "./waiver-shape.js";

/** @throws Proto4Error "config-invalid" with the place of what cannot be meant */
export function readWaivers(file: YamlNode): readonly PlacedWaiver[] {
  return waiversShape.read(file);
}

/**
 * Sees to it that nothing is accepted for longer than a team allows.
 * @param lifetime days from today to the last day of a waiver at most
 * @throws Proto4Error "config-invalid" with the place of a day that lies further ahead
 */
export function checkLifetimes(waivers: readonly PlacedWaiver[], today: string, lifetime: number): void {
  const latest = addDays(today, lifetime);
  const lasting = waivers.find(({ expires }) => expires > latest);
  if (lasting === undefined) return;
  throw new Proto4Error("config-invalid", tooLong(lasting.expires, latest, lifetime), {
    location: lasting.keys.get("expires") ?? lasting.at,
  });
}
