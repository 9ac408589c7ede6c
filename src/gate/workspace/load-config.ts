import { posix } from "node:path";
import type { YamlNode } from "../config/yaml-node.js";
import type { Place } from "./place.js";

/**
 * Reads a configuration file, if there is one.
 * @throws Proto4Error "config-invalid"
 */
export async function loadConfig<T>(
  { tree, show }: Place,
  folder: string,
  read: (file: YamlNode) => T,
  name: string,
): Promise<T | undefined> {
  const path = posix.join(folder, name);
  const source = tree.read(path);
  return source === undefined ? undefined : read(await loadYaml(source, show(path)));
}

/** The parser is loaded when there is something to parse: most of a short command's time would go there. */
export async function loadYaml(source: string, path: string): Promise<YamlNode> {
  const { parseYaml } = await import("../config/parse-yaml.js");
  return parseYaml(source, path);
}
