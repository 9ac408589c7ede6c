import { posix } from "node:path";
import { invalid, type YamlNode } from "./yaml-node.js";

/**
 * `./a//b/` as `a/b`, the folder itself as `.`.
 * @throws Proto4Error "config-invalid" for a path that leads out of the folder
 */
export function normalizePath(written: string, node: YamlNode): string {
  const path = posix.normalize(written).replace(/(?<=.)\/$/, "");
  if (posix.isAbsolute(path) || path === ".." || path.startsWith("../"))
    throw invalid(node, `${written} leads out of the folder of this file; paths start there and stay below`);
  return path;
}

/** A path as it is called from inside a folder: `b/c` for `a/b/c` in `a`; `undefined` when it lies elsewhere. */
export function inFolder(folder: string, path: string): string | undefined {
  if (folder === ".") return path;
  if (path === folder) return ".";
  return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : undefined;
}
