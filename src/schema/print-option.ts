import { WireReader, WireType } from "../wire/index.js";
import { builtIn } from "./built-in-options.js";
import { type FieldFinder, readValues, type Value } from "./canonical-bytes.js";
import type { Field, FieldType, Schema } from "./schema.js";

/** Prints the values of a field, in their one spelling, as the text format of protobuf has them. */
type Printer = (field: Field, values: readonly Value[]) => string;

/** @see https://protobuf.dev/reference/protobuf/textformat-spec/ */
export function makePrinter(schema: Schema, find: FieldFinder): Printer {
  const { print } = makePrinters(schema, find);
  return print;
}

/** Prints a field's values as one text, and each by itself, as an option has them that is set several times. */
export function makePrinters(
  { declared }: Schema,
  find: FieldFinder,
): {
  readonly print: Printer;
  readonly items: (field: Field, values: readonly Value[]) => readonly string[];
} {
  const printMessage = (bytes: Uint8Array, typeName: string): string => {
    const parts = [...readValues(bytes)].map(([number, values]) => {
      const field = find(typeName, number);
      if (field === undefined) return `${number}: ${values.map(printUnknown).join(` ${number}: `)}`;
      const name = field.extendee === undefined ? field.name : `[${field.fullName}]`;
      return `${name}: ${print(field, values)}`;
    });
    return parts.length === 0 ? "{}" : `{ ${parts.join(" ")} }`;
  };
  const printEnum = (number: number, typeName = ""): string => {
    // protoc takes no number where an option is set, though buf does.
    const found = declared.get(typeName) ?? builtIn(typeName);
    const value = found?.kind === "enum" ? found.values.find((each) => each.number === number) : undefined;
    return value?.name ?? `${number}`;
  };
  const printItems = (field: Field, { payload }: Value): readonly string[] => {
    const { type, typeName = "" } = field;
    if (type === "message" || type === "group") return [printMessage(payload, typeName)];
    if (type === "string") return [JSON.stringify(Buffer.from(payload).toString())];
    if (type === "bytes") return [quoted(payload)];
    const reader = new WireReader(payload);
    const items: string[] = [];
    while (!reader.done)
      items.push(type === "enum" ? printEnum(reader.varint() | 0, typeName) : `${numbers[type]?.(reader)}`);
    return items;
  };
  const print: Printer = (field, values) => {
    const items = values.flatMap((value) => printItems(field, value));
    const isList = field.cardinality === "repeated" || field.cardinality === "map";
    return isList ? `[${items.join(", ")}]` : items.join();
  };
  return { print, items: (field, values) => values.flatMap((value) => printItems(field, value)) };
}

type ScalarReader = (reader: WireReader) => number | string | bigint | boolean;

/** What reads one of a type that packs. */
const numbers: Readonly<Partial<Record<FieldType, ScalarReader>>> = {
  double: (reader) => printReal(fixed64(reader).getFloat64(0, true)),
  float: (reader) =>
    printReal(Number.parseFloat(fixed32(reader).getFloat32(0, true).toPrecision(FLOAT_DIGITS))),
  int32: (reader) => reader.varint() | 0,
  int64: (reader) => BigInt.asIntN(64, reader.varint64()),
  uint32: (reader) => reader.varint(),
  uint64: (reader) => reader.varint64(),
  sint32: (reader) => Number(unzigzag(BigInt(reader.varint()))),
  sint64: (reader) => unzigzag(reader.varint64()),
  fixed32: (reader) => fixed32(reader).getUint32(0, true),
  fixed64: (reader) => fixed64(reader).getBigUint64(0, true),
  sfixed32: (reader) => fixed32(reader).getInt32(0, true),
  sfixed64: (reader) => fixed64(reader).getBigInt64(0, true),
  bool: (reader) => reader.varint64() !== 0n,
};

function unzigzag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n);
}

function fixed32(reader: WireReader): DataView {
  return passed(reader, WireType.Fixed32);
}

function fixed64(reader: WireReader): DataView {
  return passed(reader, WireType.Fixed64);
}

function passed(reader: WireReader, wireType: WireType): DataView {
  const { bytes, pos } = reader;
  reader.skip(wireType);
  return new DataView(bytes.buffer, bytes.byteOffset + pos, reader.pos - pos);
}

function printReal(value: number): string {
  return `${value}`.replace("Infinity", "inf").replace("NaN", "nan");
}

/** All that a float can tell. */
const FLOAT_DIGITS = 8;

/** Of what no definition is at hand, the wire type tells the most. */
function printUnknown({ wireType, payload }: Value): string {
  if (wireType === WireType.Varint) return `${new WireReader(payload).varint64()}`;
  if (wireType === WireType.Bytes) return quoted(payload);
  if (wireType === WireType.StartGroup) return `{ ${quoted(payload)} }`;
  return `0x${Buffer.from(payload).reverse().toString("hex")}`;
}

/** Bytes as a source writes them. */
function quoted(bytes: Uint8Array): string {
  const escaped = Array.from(bytes, (byte) =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
      ? `\\x${byte.toString(16).padStart(2, "0")}`
      : String.fromCharCode(byte),
  );
  return `"${escaped.join("")}"`;
}
