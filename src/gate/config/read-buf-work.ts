import { normalizePath } from "./paths.js";
import { items, text, under, type YamlNode } from "./yaml-node.js";

/** The folders of the modules that a buf.work.yaml lists. @throws Proto4Error "config-invalid" */
export function readBufWork(file: YamlNode): readonly string[] {
  return items(under(file, "directories")).map((item) => normalizePath(text(item), item));
}
