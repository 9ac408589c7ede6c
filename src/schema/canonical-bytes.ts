import { toBinary } from "@bufbuild/protobuf";
import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema, file_google_protobuf_descriptor } from "@bufbuild/protobuf/wkt";
import { sliceFile } from "../image/index.js";
import { buildSchema } from "./build-schema.js";
import type { Field, Schema } from "./schema.js";

/** Finds the field or extension with this number of a message type; `undefined` where nobody knows it. */
export type FieldFinder = (typeName: string, number: number) => Field | undefined;

/** The fields of a schema, and those of descriptors themselves, of which one version serves all images. */
export function fieldFinder(schema: Schema): FieldFinder {
  const fields = new Map<string, Field>();
  for (const element of [...schema.elements.values(), ...descriptors.elements.values()])
    if (element.kind === "field")
      fields.set(`${element.extendee ?? element.parent.fullName} ${element.number}`, element);
  return (typeName, number) => fields.get(`${typeName} ${number}`);
}

/**
 * The one spelling of a serialised message: fields in the order of numbers, occurrences of a singular message
 * merged, numbers packed, map entries sorted, zeros without presence left out; and so below.
 * @throws RangeError or Error of protobuf-es when the bytes are malformed or nested too deeply
 */
export function canonicalBytes(
  bytes: Uint8Array,
  typeName: string,
  find: FieldFinder,
  depth: number = depthLimit,
): Uint8Array {
  if (depth === 0) throw new RangeError("messages are nested too deeply");
  const writer = new BinaryWriter();
  const descend = (payload: Uint8Array, type: string) => canonicalBytes(payload, type, find, depth - 1);
  for (const [number, values] of [...readValues(bytes)].sort(([a], [b]) => a - b))
    for (const { wireType, payload } of normalize(values, find(typeName, number), descend))
      writeValue(writer, number, wireType, payload);
  return writer.finish();
}

/** One occurrence of a field; the payload lacks tags and length. */
export interface Value {
  readonly wireType: WireType;
  readonly payload: Uint8Array;
}

function normalize(
  values: readonly Value[],
  field: Field | undefined,
  descend: (payload: Uint8Array, typeName: string) => Uint8Array,
): readonly Value[] {
  if (field === undefined) return values;
  const repeated = field.cardinality === "repeated" || field.cardinality === "map";
  if (field.type === "message" || field.type === "group") {
    const wireType = field.type === "group" ? WireType.StartGroup : WireType.LengthDelimited;
    const messages = (repeated ? values : [merged(values)]).map(({ payload }) => ({
      wireType,
      payload: descend(payload, field.typeName ?? ""),
    }));
    if (field.cardinality === "map") messages.sort((a, b) => Buffer.compare(a.payload, b.payload));
    return messages.filter((value) => !isDefault(field, value));
  }
  if (!repeated) return values.slice(-1).filter((value) => !isDefault(field, value));
  return field.type === "string" || field.type === "bytes" ? values : [merged(values)];
}

/** Concatenation merges messages, and packs numbers: packed values are themselves only concatenated. */
function merged(values: readonly Value[]): Value {
  return { wireType: WireType.LengthDelimited, payload: Buffer.concat(values.map(({ payload }) => payload)) };
}

/** Whether a value says no more than its absence. */
function isDefault(field: Field, { wireType, payload }: Value): boolean {
  const inEntry = field.parent.kind === "message" && field.parent.mapEntry;
  if (field.cardinality !== "implicit" && !inEntry) return false;
  return wireType === WireType.LengthDelimited ? payload.length === 0 : payload.every((byte) => byte === 0);
}

/** The occurrences of each field of a serialised message, by number. */
export function readValues(bytes: Uint8Array): ReadonlyMap<number, readonly Value[]> {
  const reader = new BinaryReader(bytes);
  const values = new Map<number, Value[]>();
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    const value = { wireType, payload: readPayload(reader, number, wireType) };
    const known = values.get(number);
    if (known === undefined) values.set(number, [value]);
    else known.push(value);
  }
  return values;
}

function readPayload(reader: BinaryReader, number: number, wireType: WireType): Uint8Array {
  if (wireType === WireType.LengthDelimited) return reader.bytes();
  const payload = reader.skip(wireType, number);
  return wireType === WireType.StartGroup ? payload.subarray(0, -tagLength(number)) : payload;
}

function tagLength(number: number): number {
  return new BinaryWriter().tag(number, WireType.EndGroup).finish().length;
}

function writeValue(writer: BinaryWriter, number: number, wireType: WireType, payload: Uint8Array): void {
  writer.tag(number, wireType);
  if (wireType === WireType.LengthDelimited) writer.bytes(payload);
  else writer.raw(payload);
  if (wireType === WireType.StartGroup) writer.tag(number, WireType.EndGroup);
}

/** As in every protobuf implementation. */
const depthLimit = 100;

const descriptors = buildSchema([
  sliceFile(toBinary(FileDescriptorProtoSchema, file_google_protobuf_descriptor.proto)),
]);
