import { makeTag, WireError, WireReader, WireType, WireWriter } from "../wire/index.js";
import type { FieldPlan } from "./plan.js";
import { isDeclared, readValue } from "./read-value.js";
import { accepts, isPacked, wireTypeOf } from "./wire-form.js";

/** Fields by number. */
export type Fields = ReadonlyMap<number, FieldPlan>;

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
  if (occurrences.length > 1) occurrences.forEach(checkComplete);
  return concat(occurrences);
}

/**
 * Writes a group.
 * @param content what is in it, before it is carried: what does not end where its last field does would
 *   swallow the end of the group
 * @throws WireError where it does not
 */
export function writeGroup(out: WireWriter, number: number, content: Uint8Array, write: () => void): void {
  checkComplete(content);
  out.varint(makeTag(number, WireType.StartGroup));
  write();
  out.varint(makeTag(number, WireType.EndGroup));
}

function checkComplete(content: Uint8Array): void {
  const reader = new WireReader(content);
  while (!reader.done) reader.skip(reader.tag());
}

/** Writes a value, given in canonical form, with its tag and length. */
export function writeValue(out: WireWriter, field: FieldPlan, value: Uint8Array): void {
  const wireType = wireTypeOf(field.type);
  if (wireType === WireType.StartGroup) {
    writeGroup(out, field.number, value, () => out.raw(value));
    return;
  }
  out.varint(makeTag(field.number, wireType));
  if (wireType === WireType.Bytes) out.varint(value.length);
  out.raw(value);
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

/** One occurrence of a field, or one element of a packed one. */
export interface Value {
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
      for (const bytes of set) overruled.push({ field: other, bytes });
      values.delete(number);
    }
  const before = values.get(field.number);
  if (before === undefined) values.set(field.number, [value]);
  else if (field.label === "repeated" || field.label === "map" || isMessage(field)) before.push(value);
  else before[0] = value;
}

export function isMessage({ type }: FieldPlan): boolean {
  return type === "message" || type === "group";
}
