import type { FieldType } from "../../../src/schema/index.js";

/** A number as protobuf-es has it. */
export type PlainNumber = number | bigint | boolean;

/**
 * One number as a field of another type has it: integers cut as parsers cut them; of a fraction, an infinity or
 * what no integer of the type is, nothing.
 */
export function convertNumber(value: PlainNumber, from: FieldType, to: FieldType): PlainNumber | undefined {
  const number = isFloating(from) ? Number(value) : BigInt(value);
  if (to === "float") return Math.fround(Number(number));
  if (to === "double") return Number(number);
  if (typeof number === "bigint") return spelled(to, cut(to, number));
  if (!Number.isInteger(number)) return undefined;
  return cut(to, BigInt(number)) === BigInt(number) ? spelled(to, BigInt(number)) : undefined;
}

/** Whether the other type has the very number. */
export function isWhole(value: PlainNumber, from: FieldType, to: FieldType): boolean {
  const there = convertNumber(value, from, to);
  if (there === undefined || !Object.is(convertNumber(there, to, from), value)) return false;
  return isFloating(from) || isFloating(to) || BigInt(there) === BigInt(value);
}

function isFloating(type: FieldType): boolean {
  return type === "float" || type === "double";
}

function cut(type: FieldType, number: bigint): bigint {
  if (type === "bool") return number === 0n ? 0n : 1n;
  const bits = type.endsWith("64") ? 64 : 32;
  const isUnsigned = type.startsWith("u") || type.startsWith("fixed");
  return isUnsigned ? BigInt.asUintN(bits, number) : BigInt.asIntN(bits, number);
}

function spelled(type: FieldType, number: bigint): PlainNumber {
  if (type === "bool") return number !== 0n;
  return type.endsWith("64") ? number : Number(number);
}
