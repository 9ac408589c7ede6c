import type { Field, Oneof } from "../../src/schema/index.js";

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

/** Of a field that is a member on one side at least. */
export function tellOneofs(v3: Oneof | undefined, v4: Oneof | undefined): string {
  if (v3 === undefined) return "into a oneof";
  if (v4 === undefined) return "out of a oneof";
  const [elder, newer] = [v3, v4].map(({ fields }) => new Set(fields.map(({ name }) => name)));
  const [left, came] = [
    [...elder!].some((name) => !newer!.has(name)),
    [...newer!].some((name) => !elder!.has(name)),
  ];
  if (left && came) return "a oneof with other members";
  return left ? "a oneof with fewer members" : "a oneof with more members";
}

function tellType({ type, typeName }: Field): string {
  return typeName?.startsWith("google.protobuf.") ? typeName.slice("google.protobuf.".length) : type;
}
