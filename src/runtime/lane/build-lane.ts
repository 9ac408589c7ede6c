import { makeTag, WireType } from "../../wire/index.js";
import type { FieldPlan, FieldTypePlan, RangePlan, ValuePlan } from "../plan.js";
import { type Detail, type Lane, type Rule, ruleFor, type Side, type ValueRule } from "../side.js";
import { type KnownShapes, shapeField } from "./canonical-field.js";
import { enumNumbers } from "./enum-numbers.js";
import {
  BLOB,
  COPY,
  ELIDE,
  ENUM,
  GIVE_UP,
  HOME,
  IMPLICIT,
  makeWord,
  NARROW,
  NESTED,
  RENUMBER,
  SIGNED,
  SIGNED_LIST,
  STASH,
  UNSIGNED,
  UNSIGNED_LIST,
  VALUE,
} from "./operations.js";

/** The table of a side whose rules are complete. */
export function buildLane(side: Side): Lane {
  const numbers = [...side.rules.keys()].sort((one, other) => one - other);
  const dense = denseLimit(numbers);
  const far = new Map(numbers.filter((number) => number >= dense).map((number, i) => [number, dense + i]));
  const copyRow = dense + far.size;
  const stashRow = copyRow + 1;
  const table = new Int32Array(4 * (stashRow + 1));
  table[4 * copyRow] = makeWord(COPY, anyType);
  table[4 * stashRow] = makeWord(STASH, anyType);
  const details: (Detail | undefined)[] = [];
  const bits = makeBits(side);
  for (let number = 0; number < dense; number++) {
    table[4 * number] = restWord(side, number);
  }
  for (const number of numbers) {
    const rule = side.rules.get(number)!;
    const row = far.get(number) ?? number;
    const { operation, flags = 0, there = 0, ...detail } = operationOf(side, number, rule);
    table[4 * row] = makeWord(operation, operation === GIVE_UP ? 0 : wireTypesOf(side, number, rule), flags);
    table[4 * row + 1] = bits.own.get(number) ?? 0;
    table[4 * row + 2] = bits.clash.get(number) ?? 0;
    table[4 * row + 3] = there << 3;
    details[row] = detail;
  }
  const [unsaidHigh, unsaidLow] = halves(side.changes?.digest ?? "");
  return {
    table,
    dense,
    far,
    copyRow,
    stashRow,
    stashNumber: side.stashNumber,
    isAlwaysCareful: side.any !== undefined || !canInject(side),
    reservedFar: reservedFrom(side, dense).map(([start, end]) => [start, end, stashRow]),
    details,
    injected: [
      ...side.values.filter(isBridging).map((rule) => ({
        bit: bits.own.get(rule.from.numbers[0]!) ?? 0,
        bytes: rule.way.filling ?? noBytes,
      })),
      ...side.bridged.map(({ standard }) => ({ bit: 0, bytes: standard })),
    ],
    unsaidLow,
    unsaidHigh,
  };
}

const noBytes = new Uint8Array();

/** Whether a message that has no value for the entry gets one. */
function isBridging({ way }: ValueRule): boolean {
  return way.bridges === true;
}

/** Whether the table can say what messages get that have no value, and when. */
function canInject({ values }: Side): boolean {
  const bridging = values.filter(isBridging);
  return (
    bridging.length <= aloneLimit &&
    bridging.every(
      ({ way, oneof, from }) => way.filling !== undefined && oneof === undefined && from.numbers.length === 1,
    )
  );
}

/** Of the bits, one is left for all others. */
const aloneLimit = 30;

/** The row of a number in a table. */
export function rowOf({ dense, far, reservedFar, copyRow, stashNumber }: Lane, number: number): number {
  if (number < dense) return number;
  // A stash has to be looked into; row 0 gives up.
  if (number === stashNumber) return 0;
  const row = far.get(number) ?? reservedFar.find(([start, end]) => start <= number && number <= end)?.[2];
  return row ?? copyRow;
}

/** The reserved ranges that reach beyond the numbers below `dense`. */
export function reservedFrom({ changes }: Side, dense: number): readonly RangePlan[] {
  return changes?.reserved.filter(([, end]) => end >= dense) ?? [];
}

/** 16 hex digits as two numbers. */
export function halves(digest: string): readonly [high: number, low: number] {
  return [Number.parseInt(digest.slice(0, 8), 16) | 0, Number.parseInt(digest.slice(8), 16) | 0];
}

/** Rows for numbers in between cost memory, so that a few large numbers are looked up instead. */
export function denseLimit(numbers: readonly number[]): number {
  const limit = Math.min(4 * numbers.length + 16, 2048);
  const last = numbers.findLast((number) => number < limit) ?? 0;
  return last + 1;
}

/** What happens to a number without a rule. */
function restWord(side: Side, number: number): number {
  const rule = number === 0 ? undefined : ruleFor(side, makeTag(number, WireType.Varint));
  if (number === 0 || number === side.stashNumber) return makeWord(GIVE_UP, 0);
  return makeWord(rule === undefined ? COPY : STASH, anyType);
}

interface Operation extends Detail {
  readonly operation: number;
  /** IMPLICIT, NARROW. */
  readonly flags?: number;
  /** The field number over there. */
  readonly there?: number;
}

function operationOf(side: Side, number: number, rule: Rule): Operation {
  // What the other side gets by itself need not be set aside.
  if (rule.act === "stash")
    return { operation: side.reverse.bridged.some(({ field }) => field.number === number) ? GIVE_UP : STASH };
  const { field } = rule;
  // A parser takes a number that its closed enum does not know for no member of the oneof.
  if (side.closed.has(number)) return { operation: GIVE_UP };
  switch (rule.act) {
    case "copy":
      return { operation: COPY };
    case "renumber":
      return { operation: RENUMBER, there: rule.number };
    case "nested":
      if (field.type === "group" || rule.group) return { operation: GIVE_UP };
      return { operation: NESTED, field, there: rule.number, inside: rule.inside };
    case "value":
      return valueOperation(side, number, rule);
    default:
      return { operation: GIVE_UP };
  }
}

function valueOperation(side: Side, number: number, rule: ValueRule): Operation {
  const { entry } = rule;
  if (rule.way.carryParts !== undefined) return { operation: GIVE_UP };
  if (entry?.kind === "hook" && isGathered(rule)) return { operation: GIVE_UP };
  const fallback: Operation = { operation: VALUE, field: rule.field, rule };
  if (entry === undefined) return travelOperation(number, rule, fallback);
  if (entry.kind !== "convert" && entry.kind !== "replaced") return fallback;
  const [from, to] = side.isUp ? [entry.v3, entry.v4] : [entry.v4, entry.v3];
  if (number !== from.number) return fallback;
  const plain = { ...fallback, there: to.number, flags: [from, to].some(isImplicit) ? IMPLICIT : 0 };
  if (entry.kind === "convert" && entry.absent !== undefined) return fallback;
  if (entry.element.kind === "blob") return blobOperation(from, to, entry, plain);
  if (entry.kind !== "convert" || !isAlike(from, to)) return fallback;
  const [digestHigh, digestLow] = halves(entry.digest);
  const digest = { ...plain, digestHigh, digestLow };
  if (entry.element.kind === "enum" && from.label !== "repeated")
    return {
      ...digest,
      operation: ENUM,
      numbers: enumNumbers(changedNumbers(entry.element.values, side.isUp), from.closed, to.closed),
    };
  if (entry.element.kind !== "number") return fallback;
  return numberOperation(from, to, digest);
}

/** Whether its value comes in pieces: user code is never asked about some of them. */
function isGathered({ from }: ValueRule): boolean {
  return from.fields.size > 1 || [...from.fields.values()].some(isList);
}

/** Over there the field is unknown: on the way home it is copied if an encoder wrote it that knows it. */
function travelOperation(number: number, rule: ValueRule, fallback: Operation): Operation {
  if (rule.way.copies) return { ...fallback, operation: COPY };
  if (rule.to.fields.size === 0) {
    const field = rule.from.fields.get(number);
    const { elided } = rule.way;
    if (elided === undefined || field === undefined || field.label === "map") return fallback;
    return { ...fallback, operation: ELIDE, shape: shapeField(field, -1, rule.from.shapes, shapes) };
  }
  const field = rule.to.fields.get(number)!;
  const shape = shapeField(field, -1, rule.to.shapes, shapes);
  return { ...fallback, operation: HOME, shape };
}

/** Shapes are checked alike whichever plan they come from. */
const shapes: KnownShapes = new WeakMap();

function blobOperation(from: FieldPlan, to: FieldPlan, { kind }: ValuePlan, plain: Operation): Operation {
  if (isList(from) || isList(to)) return { ...plain, operation: VALUE };
  const { rule } = plain;
  const isUp = from.type === "bytes" && to.type === "message";
  const reader = isUp ? rule?.to : rule?.from;
  const message = isUp ? to : from;
  if (reader === undefined || message.type !== "message") return { ...plain, operation: VALUE };
  if (kind === "convert" && !isImplicit(from) && isImplicit(to)) return { ...plain, operation: VALUE };
  return { ...plain, operation: BLOB, shape: shapeField(message, -1, reader.shapes, shapes) };
}

function numberOperation(from: FieldPlan, to: FieldPlan, plain: Operation): Operation {
  const isSigned = signed.has(from.type) && signed.has(to.type);
  if (!isSigned && !(unsigned.has(from.type) && unsigned.has(to.type))) return { ...plain, operation: VALUE };
  if (from.label !== "repeated") {
    const flags = (plain.flags ?? 0) | (from.type.endsWith("64") && to.type.endsWith("32") ? NARROW : 0);
    return { ...plain, flags, operation: isSigned ? SIGNED : UNSIGNED };
  }
  if (!to.packed) return { ...plain, operation: VALUE };
  const cutsList = from.type.endsWith("64") && to.type.endsWith("32");
  return { ...plain, operation: isSigned ? SIGNED_LIST : UNSIGNED_LIST, cutsList };
}

const signed: ReadonlySet<FieldTypePlan> = new Set(["int32", "int64"]);
const unsigned: ReadonlySet<FieldTypePlan> = new Set(["uint32", "uint64"]);

/** The values of an enum that change, from the side that a way begins on. */
export function changedNumbers(
  values: readonly (readonly [v3: number, v4: number])[],
  isUp: boolean,
): readonly (readonly [from: number, to: number])[] {
  return isUp ? values : values.map(([v3, v4]) => [v4, v3] as const);
}

function isAlike(from: FieldPlan, to: FieldPlan): boolean {
  return from.label === to.label && from.label !== "map";
}

function isImplicit({ label }: FieldPlan): boolean {
  return label === "implicit";
}

function isList({ label }: FieldPlan): boolean {
  return label === "repeated" || label === "map";
}

export const anyType = 0b111111;

function wireTypesOf(side: Side, number: number, rule: Rule): number {
  if (rule.act === "stash") return anyType;
  const types: readonly WireType[] = [WireType.Varint, WireType.Fixed64, WireType.Bytes, WireType.Fixed32];
  return types
    .filter((type) => ruleFor(side, makeTag(number, type)) === rule)
    .reduce<number>((mask, type) => mask | (1 << type), 0);
}

interface Bits {
  readonly own: ReadonlyMap<number, number>;
  readonly clash: ReadonlyMap<number, number>;
}

/**
 * A bit for each field that may come once, and for each member of a oneof. Fields beyond the 31st share bits:
 * then two of them are taken for one that came twice, and the engine looks closely.
 */
function makeBits(side: Side): Bits {
  const own = new Map<number, number>();
  const clash = new Map<number, number>();
  const members = new Map<string, number[]>();
  const bitOf = new Map<unknown, number>();
  // Those that are asked for at the end have their bits for themselves.
  const alone = side.values.filter(isBridging).slice(0, aloneLimit);
  for (const rule of alone) bitOf.set(rule, 1 << bitOf.size);
  const shared = 31 - alone.length;
  for (const [number, rule] of side.rules) {
    const group = groupOf(rule);
    const oneof = rule.act === "stash" ? undefined : rule.act === "value" ? rule.oneof : rule.field.oneof;
    if (group === undefined && oneof === undefined) continue;
    const key = group ?? number;
    if (!bitOf.has(key)) bitOf.set(key, 1 << (alone.length + ((bitOf.size - alone.length) % shared)));
    own.set(number, bitOf.get(key)!);
    if (group !== undefined) clash.set(number, bitOf.get(key)!);
    if (oneof !== undefined) members.set(oneof, [...(members.get(oneof) ?? []), number]);
  }
  for (const numbers of members.values())
    for (const number of numbers)
      for (const other of numbers)
        if (own.get(other) !== own.get(number)) clash.set(number, (clash.get(number) ?? 0) | own.get(other)!);
  return { own, clash };
}

/** What counts as one value together; `undefined` for what is carried occurrence by occurrence. */
function groupOf(rule: Rule): unknown {
  if (rule.act === "nested") return rule.field.label === undefined ? rule : undefined;
  if (rule.act !== "value") return undefined;
  return rule.way.copies ? undefined : rule;
}
