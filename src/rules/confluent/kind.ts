import type { Field, FieldType, Message } from "../../schema/index.js";

/** Confluent's kinds of field. A group is no message here: other bytes hold it, and Confluent's account has none. */
export type ConfluentKind = "scalar" | "map" | "message" | "group";

/** What Confluent takes a field for; an enum is a number to it. */
export function kindOf({ type, cardinality }: Field): ConfluentKind {
  if (cardinality === "map") return "map";
  return type === "message" || type === "group" ? type : "scalar";
}

/** The scalar types that Confluent takes for one; `undefined` for what is no scalar. */
export function scalarKindOf({ type }: Field): string | undefined {
  return Object.entries(scalarKinds).find(([, types]) => types.includes(type))?.[0];
}

const scalarKinds: Readonly<Record<string, readonly FieldType[]>> = {
  "plain number": ["int32", "int64", "uint32", "uint64", "bool", "enum"],
  "zigzag number": ["sint32", "sint64"],
  text: ["string", "bytes"],
  "fixed 32 bits": ["fixed32", "sfixed32"],
  "fixed 64 bits": ["fixed64", "sfixed64"],
  float: ["float"],
  double: ["double"],
};

/**
 * Whether a number changed its label. Presence is no label: an `optional` of proto3 and a field without one are the
 * same in a descriptor. Where the kind changed as well, that is what there is to say.
 */
export function changesNumericLabel(before: Field, after: Field): boolean {
  const kind = scalarKindOf(before);
  if (kind === undefined || kind === "text" || kind !== scalarKindOf(after)) return false;
  return labelOf(before) !== labelOf(after);
}

/** `required` also where an edition says it by a feature. */
export function labelOf({ cardinality }: Field): string {
  return cardinality === "implicit" || cardinality === "explicit" ? "optional" : cardinality;
}

export function isMapEntry({ parent }: Field): boolean {
  return parent.kind === "message" && parent.mapEntry;
}

/** A name without its package, by which Confluent knows a message. */
export function relativeName({ fullName, file }: Message): string {
  return file.package === "" ? fullName : fullName.slice(file.package.length + 1);
}
