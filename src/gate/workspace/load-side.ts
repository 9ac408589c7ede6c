import { resolve } from "node:path";
import { type BufOptions, complaintsOf, loadImage } from "../../image/index.js";
import { loadWorkspace } from "./load-workspace.js";
import type { Side } from "./pair-modules.js";
import type { Workspace } from "./workspace.js";

/** The surroundings in which an input is compiled and configured. */
export interface SideOptions extends BufOptions {
  /** The path of a proto4.yaml to use in place of the input's. */
  readonly policy?: string | undefined;
}

/**
 * Loads an input with what its buf.yaml and its proto4.yaml say about changes.
 * @throws Proto4Error as `loadImage` does, and "config-invalid" with the place in a buf.yaml; what is wrong with a
 * proto4.yaml is told when it is asked
 */
export async function loadSide(input: string, options: SideOptions = {}): Promise<Side> {
  const { cwd = resolve("."), env, paths, config, policy } = options;
  const image = loadImage(input, options);
  // What is wrong with the configuration, the compiler says, too, but less well.
  image.catch(() => {});
  const workspace = await loadWorkspace(input, { cwd, env, paths, config, policy });
  try {
    return { image: await image, workspace };
  } catch (error) {
    throw complaintsOf(error).length === 0 ? error : await firstComplaint(workspace, error, options);
  }
}

/** buf compiles module by module, and complains of the first that does not compile. */
async function firstComplaint({ modules }: Workspace, error: unknown, options: BufOptions): Promise<unknown> {
  for (const { input } of modules.length > 1 ? modules : [])
    try {
      await loadImage(input, options);
    } catch (found) {
      if (complaintsOf(found).length > 0) return found;
    }
  return error;
}
