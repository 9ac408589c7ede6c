import type { Field } from "../schema/index.js";

/** The type of a field as a source may write it: `int32`, `shop.v1.Order`, `map<string, int32>`. */
export function describeType(field: Field): string {
  const [key, value] = mapParts(field);
  if (key !== undefined && value !== undefined) return `map<${describeType(key)}, ${describeType(value)}>`;
  return field.type === "group" ? `group ${field.typeName}` : (field.typeName ?? field.type);
}

/** The key and value fields of a map. */
function mapParts({ cardinality, parent, typeName }: Field): readonly Field[] {
  if (cardinality !== "map" || parent.kind === "file") return [];
  return parent.messages.find((message) => message.fullName === typeName)?.fields ?? [];
}
