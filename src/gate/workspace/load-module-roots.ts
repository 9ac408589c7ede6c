import { posix, resolve } from "node:path";
import { folderOf, loadModules } from "./load-modules.js";
import { loadPlace } from "./load-place.js";

/** Where a buf.yaml or buf.work.yaml says that modules lie. */
export interface ModuleRoots {
  /** The folder of that file, as the user spells it. */
  readonly home: string;
  /** The folders from which imports are spelled, in the order of the file. */
  readonly roots: readonly string[];
}

/**
 * Reads which modules a folder has, without compiling anything.
 * @returns `undefined` where no buf.yaml or buf.work.yaml speaks of the folder
 * @throws Proto4Error "config-invalid" with the place in a buf.yaml
 */
export async function loadModuleRoots(
  folder: string,
  { cwd = resolve(".") }: { readonly cwd?: string } = {},
): Promise<ModuleRoots | undefined> {
  const place = await loadPlace({ kind: "folder", path: folder, options: new Map() }, { cwd });
  const modules = await loadModules(place, undefined);
  const [first] = modules;
  if (first === undefined || modules.every(({ config, home, base }) => config === undefined && home === base))
    return undefined;
  const roots = modules.flatMap((module) => {
    const { config } = module;
    // The roots of v2 are the folders of its modules; those of v1beta1 start at the module's.
    const own = config?.roots ?? [folderOf(module)];
    return config === undefined ? own : own.map((root) => posix.join(module.base, root));
  });
  const show = (path: string): string => place.show(path) || ".";
  return { home: show(first.home), roots: [...new Set(roots.map(show))] };
}
