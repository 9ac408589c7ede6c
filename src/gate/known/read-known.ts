import { nearestFirst } from "../config/nearest.js";
import { entries, invalid, items, text, under, type YamlNode } from "../config/yaml-node.js";
import type { KnownFinding } from "./known-finding.js";

/** Reads what `printKnown` prints. @throws Proto4Error "config-invalid" with the place of anything else */
export function readKnown(file: YamlNode): readonly KnownFinding[] {
  checkKeys(file, ["version", "findings"]);
  const version = under(file, "version");
  if (version?.value !== "v1") throw invalid(version ?? file, 'the first entry is "version: v1"');
  return items(under(file, "findings")).map(readOne);
}

function readOne(node: YamlNode): KnownFinding {
  checkKeys(node, ["finding", "rule", "symbol", "message"]);
  return {
    id: readId(node),
    rule: read(node, "rule"),
    symbol: read(node, "symbol"),
    message: read(node, "message"),
  };
}

function readId(node: YamlNode): string {
  const id = under(node, "finding");
  if (id === undefined) throw invalid(node, `this entry names no finding; ${whole}`);
  if (typeof id.value === "string" && /^[0-9a-f]{12}$/.test(id.value)) return id.value;
  throw invalid(id, `a finding is named by 12 hex digits in quotation marks; ${whole}`);
}

function read(node: YamlNode, key: string): string {
  const found = under(node, key);
  if (found === undefined) throw invalid(node, `this entry has no ${key}; ${whole}`);
  return text(found);
}

function checkKeys(node: YamlNode, keys: readonly string[]): void {
  for (const [key, { at, value }] of entries(node))
    if (!keys.includes(key))
      throw invalid(
        { at, value },
        `there is no key ${key} here; there are ${nearestFirst(key, keys).join(", ")}`,
      );
}

const whole = "proto4 baseline writes whole ones";
