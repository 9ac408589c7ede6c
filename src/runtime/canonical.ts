import { makeTag, WireError, WireReader, WireType, WireWriter } from "../wire/index.js";
import type { FieldPlan } from "./plan.js";
import { asOpen, isDeclared, isZero, readValue, zeroOf } from "./read-value.js";
import { accepts, isPacked, wireTypeOf } from "./wire-form.js";

/** Fields by number. */
export type Fields = ReadonlyMap<number, FieldPlan>;

/** The fields of each message that has to be read, by its full name. */
export type Shapes = ReadonlyMap<string, Fields>;

/** What a parser that knows some fields keeps of bytes, encoded in the one canonical way. */
export interface Reading {
  readonly bytes: Uint8Array;
  /** Whether a map has several entries, which encoders order as they like. */
  readonly unordered: boolean;
}

/**
 * Reads `bytes` by `fields` and encodes what was read: in the order of numbers, nothing twice, no zero of
 * implicit presence, no unknown field.
 * @param depth how many more levels of messages may follow
 * @throws WireError where no parser could read it: malformed, a known field with another wire type, text
 *   that is not UTF-8, too deep
 */
export function readCanonical(fields: Fields, bytes: Uint8Array, shapes: Shapes, depth: number): Reading {
  const context = { shapes, out: new WireWriter(bytes.length), unordered: false };
  const overruled: Value[] = [];
  writeFields(fields, collectValues(fields, bytes, overruled), context, depth);
  // Parsers read them before they find out that another member of the oneof follows.
  for (const { field, bytes } of overruled) if (isMessage(field)) inner(field, bytes, context, depth);
  return { bytes: context.out.finish(), unordered: context.unordered };
}

/**
 * The values of each known field in canonical form, without tags; of a singular scalar only the last.
 * @param overruled gets what another member of its oneof follows
 */
export function collectValues(
  fields: Fields,
  bytes: Uint8Array,
  overruled: Value[] = [],
): ReadonlyMap<number, readonly Uint8Array[]> {
  const values = new Map<number, Uint8Array[]>();
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    const field = fields.get(tag >>> 3);
    if (field === undefined) reader.skip(tag);
    else if (!accepts(field, tag & 7)) throw new WireError("tag-invalid", start);
    else for (const value of readValues(field, reader, tag)) keep(field, value, values, fields, overruled);
  }
  return values;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const writer = new WireWriter(parts.reduce((sum, part) => sum + part.length, 0));
  for (const part of parts) writer.raw(part);
  return writer.finish();
}

/**
 * The one value that occurrences of a singular field make. Messages merge, and to concatenate is to merge:
 * if each ends where its last field does, or else the next would go on in it.
 * @throws WireError where one does not
 */
export function merge(occurrences: readonly Uint8Array[]): Uint8Array {
  if (occurrences.length > 1)
    for (const occurrence of occurrences) {
      const reader = new WireReader(occurrence);
      while (!reader.done) reader.skip(reader.tag());
    }
  return concat(occurrences);
}

/** Writes a value, given in canonical form, with its tag and length. */
export function writeValue(out: WireWriter, field: FieldPlan, value: Uint8Array): void {
  const wireType = wireTypeOf(field.type);
  out.varint(makeTag(field.number, wireType));
  if (wireType === WireType.Bytes) out.varint(value.length);
  out.raw(value);
  if (wireType === WireType.StartGroup) out.varint(makeTag(field.number, WireType.EndGroup));
}

/** Writes a list of scalars as the field declares it, packed or one by one. */
export function writeList(out: WireWriter, field: FieldPlan, values: readonly Uint8Array[]): void {
  if (field.packed && values.length > 0) {
    out.varint(makeTag(field.number, WireType.Bytes));
    out.lengthDelimited(concat(values));
  } else for (const value of values) writeValue(out, field, value);
}

function* readValues(field: FieldPlan, reader: WireReader, tag: number): Generator<Uint8Array> {
  const list = field.label === "repeated" && isPacked(field.type, tag & 7);
  const inner = list ? new WireReader(reader.subarray()) : reader;
  const elementTag = list ? makeTag(field.number, wireTypeOf(field.type)) : tag;
  do {
    if (list && inner.done) return;
    const value = readValue(field, inner, elementTag);
    if (isDeclared(field, value)) yield value;
  } while (list);
}

interface Value {
  readonly field: FieldPlan;
  readonly bytes: Uint8Array;
}

function keep(
  field: FieldPlan,
  value: Uint8Array,
  values: Map<number, Uint8Array[]>,
  fields: Fields,
  overruled: Value[],
): void {
  if (field.oneof !== undefined)
    for (const [number, set] of values) {
      const other = fields.get(number)!;
      if (other === field || other.oneof !== field.oneof) continue;
      overruled.push(...set.map((bytes) => ({ field: other, bytes })));
      values.delete(number);
    }
  const before = values.get(field.number);
  if (before === undefined) values.set(field.number, [value]);
  else if (field.label === "repeated" || field.label === "map" || isMessage(field)) before.push(value);
  else before[0] = value;
}

function isMessage({ type }: FieldPlan): boolean {
  return type === "message" || type === "group";
}

interface Context {
  readonly shapes: Shapes;
  readonly out: WireWriter;
  unordered: boolean;
}

function writeFields(
  fields: Fields,
  values: ReadonlyMap<number, readonly Uint8Array[]>,
  context: Context,
  depth: number,
): void {
  for (const number of [...values.keys()].sort((a, b) => a - b))
    writeField(fields.get(number)!, values.get(number)!, context, depth);
}

function writeField(field: FieldPlan, values: readonly Uint8Array[], context: Context, depth: number): void {
  if (field.label === "map") writeMap(field, values, context, depth);
  else if (isMessage(field)) {
    const messages = field.label === "repeated" ? values : [merge(values)];
    for (const message of messages) writeValue(context.out, field, inner(field, message, context, depth));
  } else if (field.label === "repeated") writeList(context.out, field, values);
  else if (field.label !== "implicit" || !isZero(field, values[0]!))
    writeValue(context.out, field, values[0]!);
}

function inner(field: FieldPlan, bytes: Uint8Array, context: Context, depth: number): Uint8Array {
  const reading = readCanonical(shapeOf(field, context.shapes), bytes, context.shapes, lower(depth));
  context.unordered ||= reading.unordered;
  return reading.bytes;
}

/**
 * Of entries with the same key the last counts. One whose closed enum does not know the number is an unknown
 * field as a whole.
 */
function writeMap(field: FieldPlan, entries: readonly Uint8Array[], context: Context, depth: number): void {
  const [keyField, valueField] = [...shapeOf(field, context.shapes).values()] as [FieldPlan, FieldPlan];
  const fields: Fields = new Map([keyField, asOpen(valueField)].map((each) => [each.number, each]));
  const byKey = new Map<string, Uint8Array>();
  for (const entry of entries) {
    checkEntry(entry);
    const values = collectValues(fields, entry);
    const key = values.get(1)?.[0] ?? zeroOf(keyField);
    const value = values.get(2) ?? [zeroOf(valueField)];
    if (!isDeclared(valueField, value[0]!)) continue;
    const out = new WireWriter(entry.length);
    writeValue(out, keyField, key);
    const inner = { ...context, out };
    writeField(valueField, value, inner, lower(depth));
    context.unordered ||= inner.unordered;
    byKey.set(String(key), out.finish());
  }
  if (byKey.size > 1) context.unordered = true;
  for (const key of [...byKey.keys()].sort()) writeValue(context.out, field, byKey.get(key)!);
}

/** protobuf-es fails on unknown fields in a map's entry. */
function checkEntry(entry: Uint8Array): void {
  const reader = new WireReader(entry);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag >>> 3 > 2) throw new WireError("tag-invalid", reader.pos);
    reader.skip(tag);
  }
}

function shapeOf(field: FieldPlan, shapes: Shapes): Fields {
  const shape = shapes.get(field.message ?? "");
  if (shape === undefined) throw new Error(`the plan lacks the shape of ${field.message}`);
  return shape;
}

function lower(depth: number): number {
  if (depth <= 0) throw new WireError("too-deep", 0);
  return depth - 1;
}
