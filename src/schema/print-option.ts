import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { type FieldFinder, readValues, type Value } from "./canonical-bytes.js";
import type { Field, FieldType, Schema } from "./schema.js";

/** Prints the values of a field, in their one spelling, as the text format of protobuf has them. */
type Printer = (field: Field, values: readonly Value[]) => string;

/** @see https://protobuf.dev/reference/protobuf/textformat-spec/ */
export function makePrinter({ declared }: Schema, find: FieldFinder): Printer {
  const printMessage = (bytes: Uint8Array, typeName: string): string => {
    const parts = [...readValues(bytes)].map(([number, values]) => {
      const field = find(typeName, number);
      if (field === undefined) return `${number}: ${values.map(printUnknown).join(` ${number}: `)}`;
      const name = field.extendee === undefined ? field.name : `[${field.fullName}]`;
      return `${name}: ${print(field, values)}`;
    });
    return parts.length === 0 ? "{}" : `{ ${parts.join(" ")} }`;
  };
  const printEnum = (number: number, typeName: string | undefined): string => {
    const found = declared.get(typeName ?? "");
    const value = found?.kind === "enum" ? found.values.find((each) => each.number === number) : undefined;
    return value?.name ?? `${number}`;
  };
  const printItems = (field: Field, { payload }: Value): readonly string[] => {
    const { type, typeName = "" } = field;
    if (type === "message" || type === "group") return [printMessage(payload, typeName)];
    if (type === "string") return [JSON.stringify(Buffer.from(payload).toString())];
    if (type === "bytes") return [quoted(payload)];
    const reader = new BinaryReader(payload);
    const items: string[] = [];
    while (reader.pos < reader.len)
      items.push(type === "enum" ? printEnum(reader.int32(), typeName) : `${numbers[type]?.(reader)}`);
    return items;
  };
  const print: Printer = (field, values) => {
    const items = values.flatMap((value) => printItems(field, value));
    const isList = field.cardinality === "repeated" || field.cardinality === "map";
    return isList ? `[${items.join(", ")}]` : items.join();
  };
  return print;
}

type ScalarReader = (reader: BinaryReader) => number | string | bigint | boolean;

/** What reads one of a type that packs. */
const numbers: Readonly<Partial<Record<FieldType, ScalarReader>>> = {
  double: (reader) => printReal(reader.double()),
  float: (reader) => printReal(Number.parseFloat(reader.float().toPrecision(FLOAT_DIGITS))),
  int32: (reader) => reader.int32(),
  int64: (reader) => reader.int64(),
  uint32: (reader) => reader.uint32(),
  uint64: (reader) => reader.uint64(),
  sint32: (reader) => reader.sint32(),
  sint64: (reader) => reader.sint64(),
  fixed32: (reader) => reader.fixed32(),
  fixed64: (reader) => reader.fixed64(),
  sfixed32: (reader) => reader.sfixed32(),
  sfixed64: (reader) => reader.sfixed64(),
  bool: (reader) => reader.bool(),
};

function printReal(value: number): string {
  return `${value}`.replace("Infinity", "inf").replace("NaN", "nan");
}

/** All that a float can tell. */
const FLOAT_DIGITS = 8;

/** Of what no definition is at hand, the wire type tells the most. */
function printUnknown({ wireType, payload }: Value): string {
  if (wireType === WireType.Varint) return `${new BinaryReader(payload).uint64()}`;
  if (wireType === WireType.LengthDelimited) return quoted(payload);
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
