import { defaultWaiverLifetime } from "../config/waiver-lifetime.js";
import { loadYaml } from "../workspace/load-config.js";
import type { Workspace } from "../workspace/workspace.js";
import type { PlacedWaiver } from "./waiver-shape.js";

/** A file of waivers, and what is written there. */
export interface Waivers {
  readonly path: string;
  readonly waivers: readonly PlacedWaiver[];
}

/**
 * Reads which findings are accepted in a workspace.
 * @returns nothing where nothing is written down
 * @throws Proto4Error "config-invalid" with the place of what cannot be meant, or lasts too long
 */
export async function loadWaivers(workspace: Workspace, today: string): Promise<Waivers | undefined> {
  const file = workspace.waivers();
  const text = file?.read();
  if (file === undefined || text === undefined) return undefined;
  const { checkLifetimes, readWaivers } = await import("./read-waivers.js");
  const waivers = readWaivers(await loadYaml(text, file.path));
  checkLifetimes(waivers, today, lifetimeOf(workspace));
  return { path: file.path, waivers };
}

/** How many days a waiver may last. */
export function lifetimeOf(workspace: Workspace): number {
  return workspace.policy()?.waiverLifetime ?? defaultWaiverLifetime;
}
