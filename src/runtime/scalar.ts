import { WireReader, WireWriter } from "../wire/index.js";
import type { FieldPlan, FieldTypePlan } from "./plan.js";

/** The types whose values are numbers. */
export type NumberType = Exclude<FieldTypePlan, "string" | "bytes" | "message" | "group">;

export function isNumber(type: FieldTypePlan): type is NumberType {
  return type !== "string" && type !== "bytes" && type !== "message" && type !== "group";
}

export function isFloating(type: FieldTypePlan): type is "float" | "double" {
  return type === "float" || type === "double";
}

/**
 * The number that a value in canonical form stands for: of float and double a number, of all others a bigint,
 * bool as 0 or 1, an enum as its number.
 */
export function numberOf(type: NumberType, value: Uint8Array): number | bigint {
  const size = fixedSizes[type];
  if (size === undefined) return integers[type](new WireReader(value).varint64());
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  if (type === "float") return view.getFloat32(0, true);
  if (type === "double") return view.getFloat64(0, true);
  return integers[type](size === 4 ? BigInt(view.getUint32(0, true)) : view.getBigUint64(0, true));
}

/** The canonical form of a number, cut as the type has to: surplus bits of integers, digits of a float. */
export function numberValue(type: NumberType, number: number | bigint): Uint8Array {
  if (isFloating(type)) return floatingValue(type, Number(number));
  const integer = BigInt(number);
  const size = fixedSizes[type];
  if (size !== undefined) return fixedValue(size, integer);
  const out = new WireWriter(10);
  out.varint64(varints[type]?.(integer) ?? integers[type](integer));
  return out.finish();
}

/** A value that is no message in the way of people: text in quotes, bytes in hex digits. */
export function textOf({ type }: FieldPlan, value: Uint8Array): string {
  if (type === "bool") return numberOf(type, value) === 0n ? "false" : "true";
  if (isNumber(type)) return String(numberOf(type, value));
  if (type === "string") return JSON.stringify(new TextDecoder().decode(value));
  return Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function floatingValue(type: "float" | "double", number: number): Uint8Array {
  const value = new Uint8Array(type === "float" ? 4 : 8);
  // As `readValue` has it: a NaN without payload.
  if (Number.isNaN(number)) return value.fill(0xff);
  const view = new DataView(value.buffer);
  if (type === "float") view.setFloat32(0, number, true);
  else view.setFloat64(0, number, true);
  return value;
}

function fixedValue(size: 4 | 8, integer: bigint): Uint8Array {
  const value = new Uint8Array(size);
  const view = new DataView(value.buffer);
  if (size === 4) view.setUint32(0, Number(BigInt.asUintN(32, integer)), true);
  else view.setBigUint64(0, BigInt.asUintN(64, integer), true);
  return value;
}

type IntegerType = Exclude<NumberType, "float" | "double">;

const fixedSizes: Readonly<Partial<Record<NumberType, 4 | 8>>> = {
  float: 4,
  fixed32: 4,
  sfixed32: 4,
  double: 8,
  fixed64: 8,
  sfixed64: 8,
};

const signed32 = (bits: bigint): bigint => BigInt.asIntN(32, bits);
const signed64 = (bits: bigint): bigint => BigInt.asIntN(64, bits);
const unsigned32 = (bits: bigint): bigint => BigInt.asUintN(32, bits);
const unsigned64 = (bits: bigint): bigint => BigInt.asUintN(64, bits);
const unzigzag = (bits: bigint): bigint => (bits >> 1n) ^ -(bits & 1n);

/** The integer in the bits on the wire. */
const integers: Readonly<Record<NumberType, (bits: bigint) => bigint>> = {
  int32: signed32,
  enum: signed32,
  sfixed32: signed32,
  int64: signed64,
  sfixed64: signed64,
  uint32: unsigned32,
  fixed32: unsigned32,
  uint64: unsigned64,
  fixed64: unsigned64,
  sint32: (bits) => unzigzag(unsigned32(bits)),
  sint64: (bits) => unzigzag(unsigned64(bits)),
  bool: (bits) => (bits === 0n ? 0n : 1n),
  float: unsigned32,
  double: unsigned64,
};

/** What stands on the wire for an integer, where it is not the integer itself. */
const varints: Readonly<Partial<Record<IntegerType, (integer: bigint) => bigint>>> = {
  sint32: (integer) => unsigned32((signed32(integer) << 1n) ^ (signed32(integer) >> 31n)),
  sint64: (integer) => unsigned64((signed64(integer) << 1n) ^ (signed64(integer) >> 63n)),
};
