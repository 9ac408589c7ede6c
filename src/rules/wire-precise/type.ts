import { missingFrom } from "../../diff/index.js";
import type { Field, Message, NumberRange, Schema } from "../../schema/index.js";
import {
  misreadCardinality,
  misreadDefault,
  misreadOneof,
  misreadPresence,
  misreadRequired,
  misreadUtf8,
} from "./label.js";
import { type Misread, messageNamed, misread, type Way } from "./misread.js";
import { isWhole, wireTypeOf } from "./number.js";
import { misreadFreed, misreadNumber, rangesOf, readsZero } from "./whole.js";

/** Pairs of messages that are being compared: a message that holds itself is what it is said to be until shown not. */
type Assumed = Set<string>;

/**
 * What goes wrong between the types of two fields. A type of the same name on both sides is not looked into: what
 * changed inside is told of itself.
 */
export function misreadType(
  writer: Field,
  reader: Field,
  way: Way,
  assumed: Assumed = new Set(),
): Misread | undefined {
  const [from, to] = [wireTypeOf(writer.type), wireTypeOf(reader.type)];
  if (from !== to)
    return readsZero(writer, reader, way) ? undefined : misread(`expect ${to} and find ${from}`);
  if (isWhole(writer.type) && isWhole(reader.type)) return misreadNumber(writer, reader, way);
  const [message, expected] = [messageOf(writer, way.writer), messageOf(reader, way.reader)];
  if (message !== undefined && expected !== undefined) return misreadMessage(message, expected, way, assumed);
  if (writer.type === reader.type || (writer.type === "string" && reader.type === "bytes")) return undefined;
  if (writer.type === "bytes" && reader.type === "string")
    return misread("refuse, or replace, what is not UTF-8");
  return misread(`read ${nounOf(writer)} as ${nounOf(reader)}`);
}

/** What goes wrong between two messages, field by field. */
export function misreadMessage(
  writer: Message,
  reader: Message,
  way: Way,
  assumed: Assumed = new Set(),
): Misread | undefined {
  const key = `${writer.fullName} ${reader.fullName}`;
  if (writer.fullName === reader.fullName || assumed.has(key)) return undefined;
  assumed.add(key);
  if (writer.messageSet !== reader.messageSet) return misread("expect or find a MessageSet, but not both");
  return (
    first(writer.fields, (field) => misreadWritten(field, reader, way, assumed)) ??
    first(reader.fields, (field) => misreadUnwritten(writer, field)) ??
    freed(writer, reader, way)
  );
}

function misreadWritten(writer: Field, parent: Message, way: Way, assumed: Assumed): Misread | undefined {
  const reader = parent.fieldByNumber.get(writer.number);
  if (reader !== undefined) return misreadField(writer, reader, way, assumed);
  // Elsewhere it is kept among the unknown fields.
  return parent.mapEntry ? misread("drop what an entry of a map has no room for") : undefined;
}

function misreadUnwritten(writer: Message, reader: Field): Misread | undefined {
  if (writer.fieldByNumber.has(reader.number)) return undefined;
  return isIn(reader.number, writer.extensionRanges)
    ? misread("read an extension as it")
    : misreadRequired(undefined, reader);
}

function misreadField(writer: Field, reader: Field, way: Way, assumed: Assumed): Misread | undefined {
  return (
    misreadType(writer, reader, way, assumed) ??
    misreadCardinality(writer, reader, way) ??
    misreadPresence(writer, reader, way) ??
    misreadRequired(writer, reader) ??
    misreadDefault(writer, reader, way) ??
    misreadOneof(writer, reader, way) ??
    misreadUtf8(writer, reader, way)
  );
}

function first(fields: readonly Field[], find: (field: Field) => Misread | undefined): Misread | undefined {
  for (const field of fields) {
    const found = find(field);
    if (found !== undefined) return { ...found, path: [field.name, ...found.path] };
  }
  return undefined;
}

/** As with a field that leaves its message: a number that nobody declares or reserves will be used again. */
function freed(writer: Message, reader: Message, { isReaderNewer }: Way): Misread | undefined {
  if (!isReaderNewer) return undefined;
  const reserved = reader.reservedRanges;
  return misreadFreed([
    ...rangesOf(writer.fields).flatMap((range) =>
      missingFrom(range, [...reserved, ...rangesOf(reader.fields)]),
    ),
    ...writer.reservedRanges.flatMap((range) => missingFrom(range, reserved)),
    ...writer.extensionRanges.flatMap((range) =>
      missingFrom(range, [...reserved, ...reader.extensionRanges]),
    ),
  ]);
}

function isIn(number: number, ranges: readonly NumberRange[]): boolean {
  return ranges.some(({ start, end }) => start <= number && number <= end);
}

function messageOf({ type, typeName }: Field, schema: Schema): Message | undefined {
  return type === "message" || type === "group" ? messageNamed(typeName, schema) : undefined;
}

function nounOf({ type }: Field): string {
  if (type === "message" || type === "group") return "a message";
  return type === "string" ? "text" : type;
}
