import type { BreakingSection } from "../config/read-breaking.js";
import type { Workspace } from "./workspace.js";

/** Where no buf.yaml says anything. */
export const nothingSaid: BreakingSection = { config: {}, ignored: [], names: [], hasPlugins: false };

/** What is looked for only when it is asked. */
export type Settings = Pick<Workspace, "policy" | "waivers">;

/** Of what has no sources: one module that everything belongs to, under the paths that imports spell. */
export function imageWorkspace(
  input: string,
  settings: Settings,
  breaking: BreakingSection = nothingSaid,
): Workspace {
  return {
    modules: [{ key: ".", input, roots: undefined, excludes: [], includes: [], breaking }],
    isWhole: true,
    owns: () => true,
    locate: (path) => path,
    read: () => undefined,
    ...settings,
    disk: undefined,
  };
}
