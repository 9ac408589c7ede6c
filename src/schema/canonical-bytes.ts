import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { file_google_protobuf_descriptor } from "@bufbuild/protobuf/wkt";
import { defaultDepthLimit, WireError, WireReader, WireType } from "../wire/index.js";
import { buildFile } from "./build-file.js";
import { elementsOf } from "./build-schema.js";
import type { Field, Schema } from "./schema.js";

/** Finds the field or extension with this number of a message type; `undefined` where nobody knows it. */
export type FieldFinder = (typeName: string, number: number) => Field | undefined;

/** The fields of a schema, and those of descriptors themselves, of which one version serves all images. */
export function fieldFinder(schema: Schema): FieldFinder {
  const fields = new Map<string, Field>();
  for (const element of [...schema.elements.values(), ...elementsOf(descriptorFile)])
    if (element.kind === "field")
      fields.set(`${element.extendee ?? element.parent.fullName} ${element.number}`, element);
  return (typeName, number) => fields.get(`${typeName} ${number}`);
}

/**
 * The one spelling of a serialised message: fields in the order of numbers, occurrences of a singular message
 * merged, numbers packed, map entries sorted, zeros without presence left out; and so below.
 * @throws WireError when the bytes are malformed
 */
export function canonicalBytes(
  bytes: Uint8Array,
  typeName: string,
  find: FieldFinder,
  depth: number = defaultDepthLimit,
): Uint8Array {
  if (depth === 0) throw new WireError("too-deep", 0);
  const writer = new BinaryWriter();
  const descend = (payload: Uint8Array, type: string) => canonicalBytes(payload, type, find, depth - 1);
  for (const [number, values] of [...readValues(bytes)].sort(([a], [b]) => a - b))
    for (const { wireType, payload } of normalize(values, find(typeName, number), descend))
      writeValue(writer, number, wireType, payload);
  return writer.finish();
}

/** One occurrence of a field; the payload lacks tags and length. */
interface Value {
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
    const wireType = field.type === "group" ? WireType.StartGroup : WireType.Bytes;
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
  return { wireType: WireType.Bytes, payload: Buffer.concat(values.map(({ payload }) => payload)) };
}

/** Whether a value says no more than its absence. */
function isDefault(field: Field, { wireType, payload }: Value): boolean {
  const inEntry = field.parent.kind === "message" && field.parent.mapEntry;
  if (field.cardinality !== "implicit" && !inEntry) return false;
  return wireType === WireType.Bytes ? payload.length === 0 : payload.every((byte) => byte === 0);
}

function readValues(bytes: Uint8Array): ReadonlyMap<number, readonly Value[]> {
  const reader = new WireReader(bytes);
  const values = new Map<number, Value[]>();
  while (!reader.done) {
    const tag = reader.tag();
    const value = { wireType: (tag & 7) as WireType, payload: readPayload(reader, tag) };
    const known = values.get(tag >>> 3);
    if (known === undefined) values.set(tag >>> 3, [value]);
    else known.push(value);
  }
  return values;
}

function readPayload(reader: WireReader, tag: number): Uint8Array {
  if ((tag & 7) === WireType.Bytes) return reader.subarray();
  const start = reader.pos;
  reader.skip(tag);
  const endTag = (tag & 7) === WireType.StartGroup ? tagLength(tag) : 0;
  return reader.bytes.subarray(start, reader.pos - endTag);
}

function tagLength(tag: number): number {
  return new BinaryWriter().uint32(tag).finish().length;
}

function writeValue(writer: BinaryWriter, number: number, wireType: WireType, payload: Uint8Array): void {
  writer.tag(number, wireType);
  if (wireType === WireType.Bytes) writer.bytes(payload);
  else writer.raw(payload);
  if (wireType === WireType.StartGroup) writer.tag(number, WireType.EndGroup);
}

const descriptorFile = buildFile(file_google_protobuf_descriptor.proto, true);
