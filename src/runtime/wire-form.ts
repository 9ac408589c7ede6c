import { WireType } from "../wire/index.js";
import type { FieldPlan, FieldTypePlan } from "./plan.js";

/** How one value of a type stands on the wire. */
export function wireTypeOf(type: FieldTypePlan): WireType {
  return wireTypes[type] ?? WireType.Varint;
}

/** Whether a parser takes a tag of this wire type for the field; any other makes it an unknown field. */
export function accepts({ type, label }: FieldPlan, wireType: number): boolean {
  return wireType === wireTypeOf(type) || (label === "repeated" && isPacked(type, wireType));
}

/** Whether a value of a repeated field comes packed: scalars may, whatever was declared. */
export function isPacked(type: FieldTypePlan, wireType: number): boolean {
  return wireType === WireType.Bytes && !unpackable.has(type);
}

const wireTypes: Partial<Record<FieldTypePlan, WireType>> = {
  double: WireType.Fixed64,
  fixed64: WireType.Fixed64,
  sfixed64: WireType.Fixed64,
  float: WireType.Fixed32,
  fixed32: WireType.Fixed32,
  sfixed32: WireType.Fixed32,
  string: WireType.Bytes,
  bytes: WireType.Bytes,
  message: WireType.Bytes,
  group: WireType.StartGroup,
};

const unpackable: ReadonlySet<FieldTypePlan> = new Set(["string", "bytes", "message", "group"]);
