import type { ErrorLocation } from "../../diagnostics/index.js";
import { Proto4Error } from "../../diagnostics/index.js";

/** A value of a YAML document that knows where it stands. */
export interface YamlNode {
  readonly at: ErrorLocation;
  /** Where its key stands, of what a map holds. */
  readonly keyAt?: ErrorLocation;
  readonly value: string | number | boolean | null | readonly YamlNode[] | ReadonlyMap<string, YamlNode>;
}

/**
 * The value under a key of a map; nothing where the key is missing or its value left out.
 * @throws Proto4Error "config-invalid" when the node is not a map
 */
export function under(node: YamlNode | undefined, key: string): YamlNode | undefined {
  const found = entries(node).get(key);
  return found?.value === null ? undefined : found;
}

/** A map's entries by key. @throws Proto4Error "config-invalid" when the node is not a map */
export function entries(node: YamlNode | undefined): ReadonlyMap<string, YamlNode> {
  if (node === undefined || node.value === null) return new Map();
  if (node.value instanceof Map) return node.value;
  throw invalid(node, "this must be a map: key: value");
}

/** A list's items. @throws Proto4Error "config-invalid" when the node is not a list */
export function items(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined || node.value === null) return [];
  if (Array.isArray(node.value)) return node.value;
  throw invalid(node, "this must be a list: [one, two]");
}

/** @throws Proto4Error "config-invalid" when the node is not a string */
export function text(node: YamlNode): string {
  if (typeof node.value === "string") return node.value;
  throw invalid(node, "this must be a string");
}

/** False where there is no node. @throws Proto4Error "config-invalid" when it is not a boolean */
export function flag(node: YamlNode | undefined): boolean {
  if (node === undefined || typeof node.value === "boolean") return node?.value === true;
  throw invalid(node, "this must be true or false");
}

/** An error that shows the place of a node. */
export function invalid({ at }: YamlNode, message: string): Proto4Error {
  return new Proto4Error("config-invalid", message, { location: at });
}

/** An error that shows the place of the key that a node stands under. */
export function invalidKey({ at, keyAt = at }: YamlNode, message: string): Proto4Error {
  return new Proto4Error("config-invalid", message, { location: keyAt });
}
