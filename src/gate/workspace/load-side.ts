import { resolve } from "node:path";
import { type BufOptions, loadImage } from "../../image/index.js";
import { loadWorkspace } from "./load-workspace.js";
import type { Side } from "./pair-modules.js";

/**
 * Loads an input with what its buf.yaml says about breaking changes.
 * @throws Proto4Error as `loadImage` does, and "config-invalid" with the place in a buf.yaml
 */
export async function loadSide(input: string, options: BufOptions = {}): Promise<Side> {
  const { cwd = resolve("."), env, paths, config } = options;
  const image = loadImage(input, options);
  // What is wrong with the configuration, the compiler says, too, but less well.
  image.catch(() => {});
  const workspace = await loadWorkspace(input, { cwd, env, paths, config });
  return { image: await image, workspace };
}
