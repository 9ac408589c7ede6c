import { posix } from "node:path";
import type { YamlNode } from "../config/yaml-node.js";
import type { Place } from "./place.js";

/**
 * Reads the first of some configuration files that is there, if any.
 * @throws Proto4Error "config-invalid"
 */
export async function loadConfig<T>(
  { tree, show }: Place,
  folder: string,
  read: (file: YamlNode) => T,
  ...names: readonly string[]
): Promise<T | undefined> {
  for (const path of names.map((name) => posix.join(folder, name))) {
    const source = tree.read(path);
    if (source !== undefined) return read(await loadYaml(source, show(path)));
  }
  return undefined;
}

/** The parser is loaded when there is something to parse: most of a short command's time would go there. */
export async function loadYaml(source: string, path: string): Promise<YamlNode> {
  const { parseYaml } = await import("../config/parse-yaml.js");
  if (last?.source !== source || last.path !== path) last = { source, path, node: parseYaml(source, path) };
  return last.node;
}

/** Both sides of a comparison of images are told by one buf.yaml, and to parse it takes as long as to cut an image. */
let last: { readonly source: string; readonly path: string; readonly node: YamlNode } | undefined;
