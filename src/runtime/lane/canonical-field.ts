import { WireType } from "../../wire/index.js";
import type { Shapes } from "../canonical.js";
import type { Fields } from "../field-values.js";
import type { FieldPlan, FieldTypePlan } from "../plan.js";
import { wireTypeOf } from "../wire-form.js";
import { isUtf8 } from "./is-utf8.js";

/** A field, ready for being checked. */
export interface FieldShape {
  readonly number: number;
  /** Bytes where it is written packed. */
  readonly wireType: WireType;
  readonly type: FieldTypePlan;
  readonly label: FieldPlan["label"];
  readonly packed: boolean;
  readonly closed: readonly number[] | undefined;
  /** A bit for the oneof that it is in; 0 for none. */
  readonly oneof: number;
  readonly message: MessageShape | undefined;
}

export interface MessageShape {
  /** By number, up to 255. */
  readonly near: (FieldShape | undefined)[];
  /** The others. */
  readonly far: Map<number, FieldShape>;
  /** Whether some are required: from what is there nobody tells that all of those are. */
  readonly requires: boolean;
}

/**
 * Whether `src[pos, end)` is just what an encoder writes that puts fields in the order of their numbers. Not
 * to be sure is answered with false: then `readCanonical` finds out, for more.
 * @param depth how many levels of messages may follow
 */
export function isCanonical(
  shape: MessageShape,
  src: Uint8Array,
  pos: number,
  end: number,
  depth: number,
): boolean {
  if (depth <= 0 || shape.requires) return false;
  let oneofs = 0;
  for (let at = pos, last = 0; at < end; ) {
    const first = src[at]!;
    const tag = first < 0x80 ? first : readShort(src, at, end);
    const field = fieldOf(shape, tag);
    if (field === undefined) return false;
    const { number } = field;
    if (number <= last && (number < last || !isList(field) || field.packed)) return false;
    if ((oneofs & field.oneof) !== 0) return false;
    oneofs |= field.oneof;
    last = number;
    at = afterField(field, tag, src, at + (first < 0x80 ? 1 : sizeOf(tag)), end, depth);
    if (at < 0) return false;
  }
  return true;
}

/**
 * Where an occurrence of the field ends whose content begins at `at`.
 * @returns −1 where it is not canonical, or where it is not plain that it is
 */
export function afterField(
  field: FieldShape,
  tag: number,
  src: Uint8Array,
  at: number,
  end: number,
  depth: number,
): number {
  if ((tag & 7) !== field.wireType) return -1;
  if (field.wireType !== WireType.Bytes) return afterScalar(field, src, at, end);
  const length = readShort(src, at, end);
  const start = at + sizeOf(length);
  const stop = start + length;
  if (length < 0 || stop > end) return -1;
  return isContent(field, src, start, stop, depth) ? stop : -1;
}

/** @throws Error where the plan lacks a shape */
export function shapeMessage(fields: Fields, shapes: Shapes, known: KnownShapes): MessageShape {
  const found = known.get(fields);
  if (found !== undefined) return found;
  const requires = [...fields.values()].some(({ required }) => required === true);
  const shape: MessageShape = { near: [], far: new Map(), requires };
  known.set(fields, shape);
  const oneofs = [...new Set([...fields.values()].flatMap(({ oneof }) => oneof ?? []))];
  const last = Math.max(0, ...[...fields.keys()].filter((number) => number < 256));
  while (shape.near.length <= last) shape.near.push(undefined);
  for (const field of fields.values()) {
    const made = shapeField(field, oneofs.indexOf(field.oneof ?? ""), shapes, known);
    if (field.number < 256) shape.near[field.number] = made;
    else shape.far.set(field.number, made);
  }
  return shape;
}

function fieldOf({ near, far }: MessageShape, tag: number): FieldShape | undefined {
  const number = tag >>> 3;
  return number < near.length ? near[number] : far.get(number);
}

export type KnownShapes = WeakMap<Fields, MessageShape>;

/** @param oneof index of its oneof among those of the message; −1 for none */
export function shapeField(field: FieldPlan, oneof: number, shapes: Shapes, known: KnownShapes): FieldShape {
  const { number, type, label, packed, closed, message } = field;
  const inner = message === undefined ? undefined : shapes.get(message);
  return {
    number,
    wireType: packed ? WireType.Bytes : wireTypeOf(type),
    type,
    label,
    packed: packed === true,
    closed,
    // Oneofs beyond the 31st share a bit: then two of them are taken for one, and looked at closely.
    oneof: oneof < 0 ? 0 : 1 << (oneof % 31),
    message: inner === undefined ? undefined : shapeMessage(inner, shapes, known),
  };
}

function isList({ label }: FieldShape): boolean {
  return label === "repeated";
}

function isContent(field: FieldShape, src: Uint8Array, start: number, stop: number, depth: number): boolean {
  if (field.packed) {
    if (start === stop) return false;
    for (let at = start; at < stop; ) {
      at = afterScalar(field, src, at, stop);
      if (at < 0) return false;
    }
    return true;
  }
  if (field.type === "message") {
    if (field.message === undefined) return false;
    if (field.label === "map" && !isEntry(field.message, src, start, stop)) return false;
    return isCanonical(field.message, src, start, stop, depth - 1);
  }
  if (field.label === "implicit" && start === stop) return false;
  return field.type === "bytes" || isUtf8(src, start, stop);
}

/** Key and value are both there; they come in order anyway. */
function isEntry({ near }: MessageShape, src: Uint8Array, start: number, stop: number): boolean {
  const key = near[1];
  if (key === undefined || start === stop || src[start]! >>> 3 !== 1) return false;
  const after = afterField(key, src[start]!, src, start + 1, stop, 1);
  return after > 0 && after < stop && src[after]! >>> 3 === 2;
}

/** Where a scalar that is not length-delimited ends; −1 where it is not canonical. */
function afterScalar(field: FieldShape, src: Uint8Array, at: number, end: number): number {
  const after = afterNumber(field, src, at, end);
  if (after < 0 || after > end) return -1;
  if (field.label === "implicit" && isZero(src, at, after)) return -1;
  return field.closed === undefined || isKnown(field.closed, src, at, after) ? after : -1;
}

function afterNumber({ type }: FieldShape, src: Uint8Array, at: number, end: number): number {
  switch (type) {
    case "bool":
      return at < end && src[at]! <= 1 ? at + 1 : -1;
    case "int32":
    case "enum":
      return afterVarint(src, at, end, SIGNED_32);
    case "uint32":
    case "sint32":
      return afterVarint(src, at, end, UNSIGNED_32);
    case "int64":
    case "uint64":
    case "sint64":
      return afterVarint(src, at, end, BITS_64);
    case "fixed32":
    case "sfixed32":
      return at + 4;
    case "fixed64":
    case "sfixed64":
      return at + 8;
    case "float":
      // All bits of the exponent set: infinite, or no number, whose payload parsers drop.
      return at + 4 <= end && (src[at + 3]! & 0x7f) === 0x7f && src[at + 2]! >= 0x80 ? -1 : at + 4;
    case "double":
      return at + 8 <= end && (src[at + 7]! & 0x7f) === 0x7f && src[at + 6]! >= 0xf0 ? -1 : at + 8;
    default:
      return -1;
  }
}

/** Which numbers a varint may hold. */
export const SIGNED_32 = 0;
export const UNSIGNED_32 = 1;
export const BITS_64 = 2;

/**
 * Where a varint ends that is written in its shortest form.
 * @param range what its type holds
 * @returns −1 where it is longer, or holds more
 */
export function afterVarint(src: Uint8Array, at: number, end: number, range: number): number {
  let pos = at;
  while (pos < end && src[pos]! > 0x7f) pos++;
  if (pos >= end) return -1;
  const last = src[pos]!;
  const size = pos + 1 - at;
  if (size === 1) return pos + 1;
  if (last === 0) return -1;
  if (size < 5) return pos + 1;
  if (range === BITS_64) return size < 10 || (size === 10 && last === 1) ? pos + 1 : -1;
  if (size === 5) return last <= (range === SIGNED_32 ? 0x07 : 0x0f) ? pos + 1 : -1;
  return range === SIGNED_32 && size === 10 && last === 1 && isNegative32(src, at) ? pos + 1 : -1;
}

/** Whether a varint of 10 bytes is a negative number of 32 bits, sign-extended. */
function isNegative32(src: Uint8Array, at: number): boolean {
  return (
    src[at + 4]! >= 0xf8 &&
    src[at + 5] === 0xff &&
    src[at + 6] === 0xff &&
    src[at + 7] === 0xff &&
    src[at + 8] === 0xff
  );
}

/** −0 counts as zero, as in `isZero` of read-value. */
function isZero(src: Uint8Array, at: number, after: number): boolean {
  for (let pos = at; pos < after; pos++)
    if (src[pos] !== 0 && !(pos === after - 1 && after - at >= 4 && src[pos] === 0x80)) return false;
  return true;
}

/** Only small numbers are looked up here. */
function isKnown(closed: readonly number[], src: Uint8Array, at: number, after: number): boolean {
  return after === at + 1 && closed.includes(src[at]!);
}

/** A varint below 2^28 in its shortest form, which tags and lengths nearly always are; −1 for any other. */
function readShort(src: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let shift = 0, pos = at; pos < end && shift < 28; shift += 7, pos++) {
    const byte = src[pos]!;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return byte === 0 && shift > 0 ? -1 : value;
  }
  return -1;
}

function sizeOf(value: number): number {
  return value < 0x80 ? 1 : value < 0x4000 ? 2 : value < 0x200000 ? 3 : 4;
}
