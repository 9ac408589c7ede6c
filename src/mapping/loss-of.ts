import type { Field, FieldType, Message, Schema } from "../schema/index.js";
import type { FieldPair } from "./field-pair.js";
import type { Conversion, Loss } from "./mapping.js";

/** The class of what a conversion can lose, in either direction. */
export function lossOf(conversion: Conversion, pair: FieldPair, schema: Schema): Loss {
  switch (conversion.kind) {
    case "copy":
    case "nested":
    case "mask":
      return "ISO";
    case "number":
      return numberLoss(pair, schema);
    case "enum":
      return isPermutation(conversion.values) && isOpen(pair, schema) ? "ISO" : "PRISM";
    case "text":
    case "blob":
      return "PRISM";
    case "wrap":
      return worst(
        "LENS",
        lossOf(conversion.inner, { ...pair, [conversion.side]: conversion.value }, schema),
      );
    case "time":
      return timeLoss(conversion, pair);
    case "entry":
      return worst(
        lossOf(conversion.key, entryPair(pair, 1, schema), schema),
        lossOf(conversion.value, entryPair(pair, 2, schema), schema),
      );
  }
}

/** Of two classes the one that promises less. */
export function worst(one: Loss, other: Loss): Loss {
  return order.indexOf(one) > order.indexOf(other) ? one : other;
}

const order: readonly Loss[] = ["ISO", "LENS", "PRISM", "OPAQUE"];

/** The keys, or the values, of two maps. */
function entryPair({ v3, v4 }: FieldPair, number: number, { declared }: Schema): FieldPair {
  const inside = ({ typeName }: Field) => (declared.get(typeName!) as Message).fieldByNumber.get(number)!;
  return { v3: inside(v3), v4: inside(v4) };
}

function numberLoss({ v3, v4 }: FieldPair, schema: Schema): Loss {
  if (ranges[v3.type] === ranges[v4.type]) return isOpen({ v3, v4 }, schema) ? "ISO" : "PRISM";
  const types = [v3.type, v4.type];
  return types.includes("float") && types.includes("double") ? "LENS" : "PRISM";
}

/** Every time that a Timestamp may hold fits 64 bits of microseconds, and not of nanoseconds. */
function timeLoss({ side, unit }: Conversion & { readonly kind: "time" }, { v3, v4 }: FieldPair): Loss {
  const integer = side === "v3" ? v4 : v3;
  return ranges[integer.type] === "int64" && unit !== "ns" ? "LENS" : "PRISM";
}

/** Whether open values only change hands among themselves: all come back; a number beside them may not. */
function isPermutation(values: readonly (readonly [v3: number, v4: number])[]): boolean {
  const here = new Set(values.map(([v3]) => v3));
  return values.length > 0 && values.every(([, v4]) => here.has(v4));
}

/** Whether neither enum is closed: one that is takes the numbers it declares only. */
function isOpen({ v3, v4 }: FieldPair, { declared }: Schema): boolean {
  return [v3, v4].every(({ typeName }) => {
    const type = typeName === undefined ? undefined : declared.get(typeName);
    return type?.kind !== "enum" || !type.closed;
  });
}

/** Numeric types by the values that they hold. */
const ranges: Readonly<Partial<Record<FieldType, string>>> = {
  int32: "int32",
  sint32: "int32",
  sfixed32: "int32",
  enum: "int32",
  uint32: "uint32",
  fixed32: "uint32",
  int64: "int64",
  sint64: "int64",
  sfixed64: "int64",
  uint64: "uint64",
  fixed64: "uint64",
  bool: "bool",
  float: "float",
  double: "double",
};
