import type { Field, Schema } from "../schema/index.js";

/** The map field that a key or value belongs to: it has the place in the source that its entry type lacks. */
export function mapOf({ parent }: Field): Field | undefined {
  if (parent.kind !== "message" || !parent.mapEntry || parent.parent.kind !== "message") return undefined;
  return parent.parent.fields.find(({ typeName }) => typeName === parent.fullName);
}

/** The values of a map field. */
export function mapValue({ cardinality, typeName }: Field, { declared }: Schema): Field | undefined {
  const entry = cardinality === "map" ? declared.get(typeName ?? "") : undefined;
  return entry?.kind === "message" ? entry.fieldByNumber.get(2) : undefined;
}
