import { defaultDepthLimit, makeTag, WireReader, WireType, WireWriter } from "../wire/index.js";
import type { Field, Schema } from "./schema.js";

/** Finds the field or extension with this number of a message type; `undefined` where nobody knows it. */
export type FieldFinder = (typeName: string, number: number) => Field | undefined;

/** The fields of schemas; where several have a message, the first that has the number counts. */
export function fieldFinder(...schemas: readonly Schema[]): FieldFinder {
  const extensions = new Map<string, Field>();
  for (const { declared } of schemas)
    for (const element of declared.values())
      if (element.kind === "field") extensions.set(`${element.extendee} ${element.number}`, element);
  return (typeName, number) => {
    for (const { declared } of schemas) {
      const found = declared.get(typeName);
      const field = found?.kind === "message" ? found.fieldByNumber.get(number) : undefined;
      if (field !== undefined) return field;
    }
    return extensions.get(`${typeName} ${number}`);
  };
}

/**
 * The one spelling of a serialised message: fields in the order of numbers, occurrences of a singular message
 * merged, numbers packed, map entries sorted, zeros without presence left out; and so below.
 * @throws WireError or RangeError when the bytes are malformed or nested too deeply
 */
export function canonicalBytes(
  bytes: Uint8Array,
  typeName: string,
  find: FieldFinder,
  depth: number = defaultDepthLimit,
): Uint8Array {
  if (depth === 0) throw new RangeError("messages are nested too deeply");
  const descend = (payload: Uint8Array, type: string) => canonicalBytes(payload, type, find, depth - 1);
  return writeValues(readValues(bytes), (number) => find(typeName, number), descend);
}

/**
 * Writes the values of a message in their one spelling.
 * @param descend gives that of a message inside
 */
export function writeValues(
  values: ReadonlyMap<number, readonly Value[]>,
  find: (number: number) => Field | undefined,
  descend: (payload: Uint8Array, typeName: string) => Uint8Array,
): Uint8Array {
  const writer = new WireWriter();
  for (const [number, occurrences] of [...values].sort(([a], [b]) => a - b))
    for (const { wireType, payload } of normalize(occurrences, find(number), descend))
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
export function merged(values: readonly Value[]): Value {
  if (values.length === 1 && values[0]!.wireType === WireType.Bytes) return values[0]!;
  return { wireType: WireType.Bytes, payload: Buffer.concat(values.map(({ payload }) => payload)) };
}

/** Whether a value says no more than its absence. */
function isDefault(field: Field, { wireType, payload }: Value): boolean {
  const inEntry = field.parent.kind === "message" && field.parent.mapEntry;
  if (field.cardinality !== "implicit" && !inEntry) return false;
  return wireType === WireType.Bytes ? payload.length === 0 : payload.every((byte) => byte === 0);
}

/** The occurrences of each field of a serialised message, by number. */
export function readValues(bytes: Uint8Array): Map<number, readonly Value[]> {
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
  return reader.bytes.subarray(start, reader.pos - ((tag & 7) === WireType.StartGroup ? tagLength(tag) : 0));
}

/** That of the tag which ends a group: it differs in the lowest bits only. */
function tagLength(tag: number): number {
  const writer = new WireWriter();
  writer.varint(tag);
  return writer.length;
}

function writeValue(writer: WireWriter, number: number, wireType: WireType, payload: Uint8Array): void {
  writer.varint(makeTag(number, wireType));
  if (wireType === WireType.Bytes) writer.lengthDelimited(payload);
  else writer.raw(payload);
  if (wireType === WireType.StartGroup) writer.varint(makeTag(number, WireType.EndGroup));
}
