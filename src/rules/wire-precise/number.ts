import type { FieldType } from "../../schema/index.js";

/** What the bytes of a field say of where it ends; a reader that expects another does not read it. */
type WireType = "a varint" | "4 bytes" | "8 bytes" | "a length" | "a group";

/** A type of numbers; a closed enum has those that it declares. */
export interface NumberType {
  readonly type: FieldType;
  readonly closed?: ReadonlySet<number> | undefined;
}

/** How a reader takes what a writer means; `undefined` where it takes no value at all. */
export interface Mistake {
  readonly written: bigint;
  readonly read: bigint | undefined;
}

/** @see https://protobuf.dev/programming-guides/encoding/#structure */
export function wireTypeOf(type: FieldType): WireType {
  return layouts[type]?.wireType ?? (type === "group" ? "a group" : "a length");
}

export function isNumber(type: FieldType): boolean {
  return layouts[type] !== undefined;
}

export function isWhole(type: FieldType): boolean {
  return layouts[type]?.least !== undefined;
}

/**
 * A number that a writer can write and a reader takes for another, both being whole numbers of the same wire type.
 * @returns `undefined` where there is none
 */
export function findMistake(writer: NumberType, reader: NumberType): Mistake | undefined {
  for (const written of candidates(writer, reader)) {
    const read = readAs(reader, writeAs(writer.type, written));
    if (read !== written) return { written, read };
  }
  return undefined;
}

/**
 * What is written in another way differs at 1, what has more bits or another sign at the first number past the
 * other's range, what is closed at the first number that it lacks. Small sets are asked as they are.
 */
function candidates(writer: NumberType, reader: NumberType): readonly bigint[] {
  if (writer.closed !== undefined) return [...writer.closed].map(BigInt);
  const [least, greatest] = rangeOf(writer.type);
  return [1n, 2n, -1n, 1n << 31n, 1n << 32n, 1n << 63n, firstNotIn(reader.closed), 0n].filter(
    (number) => number >= least && number <= greatest,
  );
}

function firstNotIn(closed: ReadonlySet<number> | undefined): bigint {
  let number = 0;
  while (closed?.has(number)) number++;
  return BigInt(number);
}

function writeAs(type: FieldType, number: bigint): bigint {
  if (type.startsWith("sint")) return number < 0n ? -2n * number - 1n : 2n * number;
  return BigInt.asUintN(64, number);
}

function readAs({ type, closed }: NumberType, pattern: bigint): bigint | undefined {
  const number = decode(type, pattern);
  return closed === undefined || closed.has(Number(number)) ? number : undefined;
}

/** Parsers take of a varint as many low bits as they have room for. */
function decode(type: FieldType, pattern: bigint): bigint {
  const [least, greatest] = rangeOf(type);
  if (type === "bool") return pattern === 0n ? 0n : 1n;
  const bits = greatest >= 1n << 32n ? 64 : 32;
  const low = BigInt.asUintN(bits, pattern);
  if (type.startsWith("sint")) return low & 1n ? -(low >> 1n) - 1n : low >> 1n;
  return least < 0n ? BigInt.asIntN(bits, low) : low;
}

function rangeOf(type: FieldType): readonly [least: bigint, greatest: bigint] {
  const { least = 0n, greatest = 0n } = layouts[type] ?? {};
  return [least, greatest];
}

interface Layout {
  readonly wireType: WireType;
  /** Only of whole numbers. */
  readonly least?: bigint;
  readonly greatest?: bigint;
}

function whole(wireType: WireType, bits: bigint, signed: boolean): Layout {
  return signed
    ? { wireType, least: -(1n << (bits - 1n)), greatest: (1n << (bits - 1n)) - 1n }
    : { wireType, least: 0n, greatest: (1n << bits) - 1n };
}

const layouts: Readonly<Partial<Record<FieldType, Layout>>> = {
  bool: whole("a varint", 1n, false),
  int32: whole("a varint", 32n, true),
  sint32: whole("a varint", 32n, true),
  uint32: whole("a varint", 32n, false),
  enum: whole("a varint", 32n, true),
  int64: whole("a varint", 64n, true),
  sint64: whole("a varint", 64n, true),
  uint64: whole("a varint", 64n, false),
  fixed32: whole("4 bytes", 32n, false),
  sfixed32: whole("4 bytes", 32n, true),
  fixed64: whole("8 bytes", 64n, false),
  sfixed64: whole("8 bytes", 64n, true),
  float: { wireType: "4 bytes" },
  double: { wireType: "8 bytes" },
};
