import type { Enum, Field, FieldType, Message } from "../schema/index.js";
import type { FieldContext } from "./field-context.js";
import type { FieldPair } from "./field-pair.js";
import { mapOf } from "./map-of.js";
import type { Conversion } from "./mapping.js";
import { ambiguous } from "./refuse.js";
import { isInteger, isTime, isWrapper, unitOf } from "./well-known.js";

/**
 * How one value of a field becomes one of the field it is paired with, whatever their labels.
 * @returns "nested" for every pair of different messages, whether or not anything changes in them; `undefined`
 *   where values of the one do not turn into values of the other
 * @throws Proto4Error "mapping-ambiguous" when nothing tells what an integer counts
 */
export function convertValue(pair: FieldPair, context: FieldContext): Conversion | undefined {
  const { v3, v4 } = pair;
  const [elder, newer] = [messageOf(v3, context), messageOf(v4, context)];
  if (v3.cardinality === "map" || v4.cardinality === "map") {
    const both = v3.cardinality === v4.cardinality && elder !== undefined && newer !== undefined;
    return both ? convertMap(pair, elder, newer, context) : undefined;
  }
  if (elder !== undefined && newer !== undefined)
    return convertMessage(pair, elder, newer, context) ?? rewrap(pair, elder, newer, context);
  if (elder !== undefined) return unwrap(pair, "v3", elder, context);
  if (newer !== undefined) return unwrap(pair, "v4", newer, context);
  if (v3.type === "enum" && v4.type === "enum") return convertEnum(pair, context);
  if (isText(v3.type) && isText(v4.type)) return isSameText(pair) ? copy : { kind: "text" };
  return convertNumber(pair);
}

export const copy: Conversion = { kind: "copy" };

/** Messages that both generations use stay as they are, unless a payload in them changes. */
function convertMessage(
  { v3, v4 }: FieldPair,
  elder: Message,
  newer: Message,
  { pairing, reachesAny }: FieldContext,
): Conversion | undefined {
  if (elder !== newer && pairing.elderOf(newer) !== elder) return undefined;
  const same = elder === newer && v3.type === v4.type && !reachesAny(newer);
  return same ? copy : { kind: "nested", v3: elder, v4: newer };
}

/** Where only messages change inside, the entries are messages that do. */
function convertMap(
  pair: FieldPair,
  elder: Message,
  newer: Message,
  context: FieldContext,
): Conversion | undefined {
  if (elder === newer) return convertMessage(pair, elder, newer, context);
  const [key, value] = [1, 2].map((number) => {
    const [v3, v4] = [elder.fieldByNumber.get(number), newer.fieldByNumber.get(number)];
    return v3 && v4 && convertValue({ v3, v4 }, context);
  });
  if (key === undefined || value === undefined) return undefined;
  const whole = key.kind === "copy" && (value.kind === "copy" || value.kind === "nested");
  return whole ? { kind: "nested", v3: elder, v4: newer } : { kind: "entry", key, value };
}

/** From one wrapper into another. */
function rewrap(
  pair: FieldPair,
  elder: Message,
  newer: Message,
  context: FieldContext,
): Conversion | undefined {
  return isWrapper(elder) && isWrapper(newer) ? unwrap(pair, "v3", elder, context) : undefined;
}

/** Between a message on `side` and a scalar on the other. */
function unwrap(
  pair: FieldPair,
  side: "v3" | "v4",
  message: Message,
  context: FieldContext,
): Conversion | undefined {
  const [holder, scalar] = side === "v3" ? [pair.v3, pair.v4] : [pair.v4, pair.v3];
  const value = isWrapper(message) ? message.fieldByNumber.get(1) : undefined;
  if (value !== undefined) {
    const inner = convertValue({ ...pair, [side]: value }, context);
    if (inner !== undefined) return { kind: "wrap", side, value, inner };
  }
  if (isTime(message) && isInteger(scalar.type)) {
    const unit = unitOf(scalar, holder);
    if (unit === undefined) throw untold(scalar, holder, message);
    return { kind: "time", side, unit };
  }
  return scalar.type === "bytes" ? { kind: "blob" } : undefined;
}

function untold(integer: Field, time: Field, { name }: Message): Error {
  const [written, other] = [mapOf(integer) ?? integer, mapOf(time) ?? time];
  const unit = written.lifecycle.terms.unit ?? other.lifecycle.terms.unit;
  const why = unit === undefined ? "nothing says what the integer counts" : `their unit is "${unit}"`;
  return ambiguous(
    written,
    `${integer.fullName} (${integer.type}) and ${time.fullName} (${name}) are one time, and ${why}`,
    `write (proto4.field_terms) = {unit: "s"}, "ms", "us" or "ns" here, or on ${other.fullName}`,
  );
}

function convertEnum({ v3, v4 }: FieldPair, { pairing, enumOf }: FieldContext): Conversion | undefined {
  if (v3.typeName === v4.typeName) return copy;
  const [elder, newer] = [v3.typeName, v4.typeName].map((name) => pairing.schema.declared.get(name!));
  if (elder?.kind !== "enum" || newer?.kind !== "enum" || pairing.elderOf(newer) !== elder) return undefined;
  const { renumbered } = enumOf(elder, newer);
  if (renumbered.length === 0 && isSameSet(elder, newer)) return copy;
  return { kind: "enum", values: renumbered };
}

/**
 * A number that a closed enum lacks becomes an unknown field in the hands of its parser, and some lose it on
 * the way. In a map it is the whole entry that does, which is left to the parser.
 */
function isSameSet(elder: Enum, newer: Enum): boolean {
  if (!elder.closed && !newer.closed) return true;
  if (elder.closed !== newer.closed) return false;
  const [here, there] = [elder, newer].map(({ values }) => new Set(values.map(({ number }) => number)));
  return here!.size === there!.size && [...here!].every((number) => there!.has(number));
}

function convertNumber({ v3, v4 }: FieldPair): Conversion | undefined {
  if (v3.type === v4.type) return copy;
  if (isNumber(v3.type) && isNumber(v4.type)) return { kind: "number" };
  const asEnum = (one: FieldType, other: FieldType) => one === "enum" && isInteger(other);
  return asEnum(v3.type, v4.type) || asEnum(v4.type, v3.type) ? { kind: "number" } : undefined;
}

function isNumber(type: FieldType): boolean {
  return isInteger(type) || type === "bool" || type === "float" || type === "double";
}

function isText(type: FieldType): boolean {
  return type === "string" || type === "bytes";
}

function isSameText({ v3, v4 }: FieldPair): boolean {
  if (v3.type !== v4.type) return false;
  return v3.type === "bytes" || v3.features.utf8Validation === v4.features.utf8Validation;
}

function messageOf({ type, typeName }: Field, { pairing }: FieldContext): Message | undefined {
  if (type !== "message" && type !== "group") return undefined;
  return pairing.schema.declared.get(typeName!) as Message;
}
