import type { WireWriter } from "../../wire/index.js";
import { spend } from "../context.js";
import { linkPlan } from "../link-plan.js";
import { murmur3 } from "../murmur3.js";
import type { FieldPlan, Plan } from "../plan.js";
import type { Context } from "../side.js";
import { closeLength, copyBytes, lowBits, varintSize, writeVarint } from "./bytes.js";
import {
  afterField,
  afterVarint,
  BITS_64,
  type FieldShape,
  isCanonical,
  type MessageShape,
  SIGNED_32,
  shapeField,
  shapeMessage,
  UNSIGNED_32,
} from "./canonical-field.js";
import { writeNumber } from "./cut-number.js";
import { SIGNED, UNSIGNED } from "./operations.js";
import * as pending from "./pending.js";
import { isListOf } from "./plain-value.js";

/**
 * The fast lane of one direction of one message, printed beside its plan: what a table would say about each
 * field stands in the code. It does what is ordinary only.
 * @returns false where the table is to be asked; what was written by then counts for nothing
 */
export type PrintedLane = (
  context: Context,
  source: Uint8Array,
  from: number,
  end: number,
  depth: number,
) => boolean;

/** Where the field that `next` read has its content, the content without its length, and its end. */
export const at: { content: number; body: number; end: number } = { content: 0, body: 0, end: 0 };

/** Reads a tag and passes over the content. @returns the tag; 0 for what is not ordinary */
export function next(source: Uint8Array, start: number, end: number): number {
  let pos = start;
  let tag = source[pos++]!;
  if (tag > 0x7f) {
    const more = source[pos++]!;
    tag = (tag & 0x7f) | (more << 7);
    if (more > 0x7f || more === 0) return 0;
  }
  at.content = pos;
  const wireType = tag & 7;
  if (wireType === 2) {
    let length = source[pos++]!;
    if (length > 0x7f) {
      const second = source[pos++]!;
      length = (length & 0x7f) | ((second & 0x7f) << 7);
      if (second > 0x7f) {
        const third = source[pos++]!;
        length |= third << 14;
        if (third > 0x7f) return 0;
      }
    }
    at.body = pos;
    pos += length;
  } else if (wireType === 0) {
    while (source[pos++]! > 0x7f);
    if (pos - at.content > 10) return 0;
  } else if (wireType === 1) pos += 8;
  else if (wireType === 5) pos += 4;
  else return 0;
  at.end = pos;
  return pos <= end ? tag : 0;
}

/** Copies what is left to be copied, up to `to`. */
export function copy(out: WireWriter, source: Uint8Array, run: number, to: number): void {
  const dst = out.reserve(to - run + 32);
  out.pos = copyBytes(dst, out.pos, source, run, to);
}

/** The field gets another tag; what follows the old one is left to be copied. */
export function retag(out: WireWriter, source: Uint8Array, run: number, start: number, tag: number): void {
  copy(out, source, run, start);
  out.pos = writeVarint(out.bytes, out.pos, tag);
}

/** Whether the field is an int32 or int64 that both have, in its shortest form. @param least 1 to refuse a zero */
export function isSigned32(source: Uint8Array, least: number): boolean {
  const { content, end } = at;
  if (end - content < 5 && source[end - 1]! !== 0) return true;
  return source[content]! >= least && afterVarint(source, content, end, SIGNED_32) === end;
}

/** The same for uint32 and uint64. */
export function isUnsigned32(source: Uint8Array, least: number): boolean {
  const { content, end } = at;
  if (end - content < 5 && source[end - 1]! !== 0) return true;
  return source[content]! >= least && afterVarint(source, content, end, UNSIGNED_32) === end;
}

/** A packed list of such numbers, which is not empty. */
export function areSigned32(source: Uint8Array): boolean {
  return isListOf(SIGNED_32, source, at.body, at.end);
}

export function areUnsigned32(source: Uint8Array): boolean {
  return isListOf(UNSIGNED_32, source, at.body, at.end);
}

/**
 * Writes what 32 bits hold of a number that they do not hold, and sets the original aside.
 * @param least 1 where a zero has to be looked at closely
 * @param high @param low digest of the entry
 * @returns false where the number is not in its shortest form
 */
export function cutSigned(
  out: WireWriter,
  source: Uint8Array,
  run: number,
  start: number,
  tag: number,
  least: number,
  high: number,
  low: number,
): boolean {
  return cut(SIGNED, out, source, run, start, tag, least, high, low);
}

export function cutUnsigned(
  out: WireWriter,
  source: Uint8Array,
  run: number,
  start: number,
  tag: number,
  least: number,
  high: number,
  low: number,
): boolean {
  return cut(UNSIGNED, out, source, run, start, tag, least, high, low);
}

function cut(
  kind: number,
  out: WireWriter,
  source: Uint8Array,
  run: number,
  start: number,
  tag: number,
  least: number,
  high: number,
  low: number,
): boolean {
  const { content, end } = at;
  const value = lowBits(source, content);
  if ((value === 0 && least > 0) || afterVarint(source, content, end, BITS_64) !== end) return false;
  copy(out, source, run, start);
  const first = out.pos;
  out.pos = writeNumber(out.bytes, writeVarint(out.bytes, first, tag), kind, value);
  pending.addItem(high, low, murmur3(out.bytes, first, out.pos), start, end);
  return true;
}

/**
 * Writes an enum's number as the table has it.
 * @param numbers by number, below 128; −1 for what the table does not say
 * @param least 1 to refuse a zero
 */
export function change(
  out: WireWriter,
  source: Uint8Array,
  run: number,
  start: number,
  tag: number,
  numbers: Int32Array,
  least: number,
): boolean {
  const { content, end } = at;
  const value = source[content]!;
  if (end !== content + 1 || value < least || numbers[value]! < 0) return false;
  copy(out, source, run, start);
  out.pos = writeVarint(out.bytes, writeVarint(out.bytes, out.pos, tag), numbers[value]!);
  return true;
}

/** How an encoder writes a message, found out when first needed. */
export interface Holding {
  readonly plan: () => Plan;
  readonly message: string;
  shape: MessageShape | undefined;
}

/** @param message full name of one that the plan has a shape of */
export function holding(plan: () => Plan, message: string): Holding {
  return { plan, message, shape: undefined };
}

/** Whether the field holds the message as an encoder writes it. @param least 1 to refuse an empty one */
export function holds(expected: Holding, source: Uint8Array, least: number, depth: number): boolean {
  const { body, end } = at;
  expected.shape ??= shapeOf(expected);
  return end - body >= least && isCanonical(expected.shape, source, body, end, depth - 1);
}

function shapeOf({ plan, message }: Holding): MessageShape {
  const { shapes } = linkPlan(plan());
  return shapeMessage(shapes.get(message)!, shapes, new WeakMap());
}

/** A field that one side alone declares, as an encoder writes it; made ready when first needed. */
export interface Expected {
  readonly plan: () => Plan;
  readonly field: FieldPlan;
  shape: FieldShape | undefined;
}

export function expected(plan: () => Plan, field: FieldPlan): Expected {
  return { plan, field, shape: undefined };
}

/** Whether the field stands as an encoder writes it. */
export function isAsExpected(field: Expected, source: Uint8Array, tag: number, depth: number): boolean {
  field.shape ??= shapeField(field.field, -1, linkPlan(field.plan()).shapes, new WeakMap());
  return afterField(field.shape, tag, source, at.content, at.end, depth) === at.end;
}

/** Whether the field that begins at `start` is just `bytes`, tag included. */
export function isJust(bytes: Uint8Array, source: Uint8Array, start: number): boolean {
  if (at.end - start !== bytes.length) return false;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] !== source[start + i]) return false;
  return true;
}

/** Tag and length of what is left to be copied from `at.body` on. */
export function retype(out: WireWriter, source: Uint8Array, run: number, start: number, tag: number): void {
  const { body, end } = at;
  copy(out, source, run, start);
  out.pos = writeVarint(out.bytes, writeVarint(out.bytes, out.pos, tag), end - body);
}

/** A message that changes inside. */
export function carry(
  context: Context,
  source: Uint8Array,
  run: number,
  start: number,
  tag: number,
  lane: PrintedLane,
  depth: number,
): boolean {
  const { out } = context;
  const { body, end } = at;
  if (depth <= 0) return false;
  copy(out, source, run, start);
  const head = writeVarint(out.bytes, out.pos, tag);
  const size = varintSize(end - body);
  out.pos = head + size;
  if (!lane(context, source, body, end, depth - 1)) return false;
  out.pos = closeLength(out, head, size);
  return true;
}

/** The field has no place over there. */
export function setAside(out: WireWriter, source: Uint8Array, run: number, start: number): void {
  copy(out, source, run, start);
  pending.addUnsaid(start, at.end);
}

export { enumNumbers as numbers } from "./enum-numbers.js";

export const mark: () => number = pending.mark;

/**
 * Writes what was set aside since `height`.
 * @param high @param low digest of the message's changes
 * @throws Error where that exceeds what one call may set aside: then the engine tells what is lost
 */
export function writeAside(
  context: Context,
  source: Uint8Array,
  height: number,
  high: number,
  low: number,
): void {
  const items = (pending.mark() - height) / pending.rowSize;
  if (items === 0) return;
  const start = context.out.pos;
  pending.writePending(height, source, context.out, high, low, context.stashNumber);
  spend(context, items, context.out.pos - start);
}

/** A map's entry cannot carry what was set aside. */
export const dropAside: (height: number) => void = pending.forget;
