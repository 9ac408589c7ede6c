import type { Field } from "../../src/schema/index.js";

/** `string → bytes`: well-known types by their names, others by what they are. */
export function tellTypes(v3: Field, v4: Field): string {
  const [from, to] = [v3, v4].map(tellType);
  if (from !== to) return `${from} → ${to}`;
  return `${from} → another ${from}`;
}

/** `presence: implicit → explicit`, with the types where they change as well. */
export function tellCardinality(v3: Field, v4: Field): string {
  const types = tellType(v3) === tellType(v4) ? "" : `, ${tellTypes(v3, v4)}`;
  const isMany = [v3, v4].some(({ cardinality }) => cardinality === "repeated" || cardinality === "map");
  return `${isMany ? "cardinality" : "presence"}: ${v3.cardinality} → ${v4.cardinality}${types}`;
}

function tellType({ type, typeName }: Field): string {
  return typeName?.startsWith("google.protobuf.") ? typeName.slice("google.protobuf.".length) : type;
}
