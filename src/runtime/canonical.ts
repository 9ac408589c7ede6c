import { WireError, WireReader, WireWriter } from "../wire/index.js";
import {
  collectValues,
  type Fields,
  isMessage,
  merge,
  type Value,
  writeList,
  writeValue,
} from "./field-values.js";
import type { FieldPlan } from "./plan.js";
import { asOpen, isDeclared, isZero, zeroOf } from "./read-value.js";

/** The fields of each message that has to be read, by its full name. */
export type Shapes = ReadonlyMap<string, Fields>;

/** What a parser that knows some fields keeps of bytes, encoded in the one canonical way. */
export interface Reading {
  readonly bytes: Uint8Array;
  /** Whether a map has several entries, which encoders order as they like. */
  readonly unordered: boolean;
  /** Whether no message in it lacks a field that it requires, for which most parsers refuse it. */
  readonly complete: boolean;
}

/**
 * Reads `bytes` by `fields` and encodes what was read: in the order of numbers, nothing twice, no zero of
 * implicit presence, no unknown field.
 * @param depth how many more levels of messages may follow
 * @param order sorted, equal maps give equal bytes
 * @throws WireError where no parser could read it: malformed, a known field with another wire type, text
 *   that is not UTF-8, too deep
 */
export function readCanonical(
  fields: Fields,
  bytes: Uint8Array,
  shapes: Shapes,
  depth: number,
  order: MapOrder = "sorted",
): Reading {
  const context = { shapes, order, out: new WireWriter(bytes.length), unordered: false, complete: true };
  const overruled: Value[] = [];
  writeFields(fields, collectValues(fields, bytes, overruled), context, depth);
  // Parsers read them before they find out that another member of the oneof follows.
  for (const { field, bytes } of overruled) if (isMessage(field)) inner(field, bytes, context, depth);
  const { unordered, complete } = context;
  return { bytes: context.out.finish(), unordered, complete };
}

/** Where the entries of maps stand. */
export type MapOrder = "sorted" | "as it comes";

interface Context {
  readonly shapes: Shapes;
  readonly order: MapOrder;
  readonly out: WireWriter;
  unordered: boolean;
  complete: boolean;
}

function writeFields(
  fields: Fields,
  values: ReadonlyMap<number, readonly Uint8Array[]>,
  context: Context,
  depth: number,
): void {
  for (const number of [...values.keys()].sort((a, b) => a - b))
    writeField(fields.get(number)!, values.get(number)!, context, depth);
  for (const { number, required } of fields.values())
    if (required && !values.has(number)) context.complete = false;
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
  const { shapes, order } = context;
  const reading = readCanonical(shapeOf(field, shapes), bytes, shapes, lower(depth), order);
  context.unordered ||= reading.unordered;
  context.complete &&= reading.complete;
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
    context.complete &&= inner.complete;
    byKey.set(String(key), out.finish());
  }
  if (byKey.size > 1) context.unordered = true;
  const keys = context.order === "sorted" ? [...byKey.keys()].sort() : byKey.keys();
  for (const key of keys) writeValue(context.out, field, byKey.get(key)!);
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
