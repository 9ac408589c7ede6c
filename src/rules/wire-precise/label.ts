import { defaultOf, sameDefault } from "../../diff/index.js";
import type { Field } from "../../schema/index.js";
import { hasPresence, isEntryPart, isList, type Misread, type Misreads, misread } from "./misread.js";

/** Several values read by who expects one, or several entries of one key. Parsers take packed and unpacked alike. */
export const misreadCardinality: Misreads = (writer, reader) => {
  if (isList(writer) && !isList(reader))
    return misread(
      reader.typeName !== undefined && reader.type !== "enum"
        ? "merge several messages into one"
        : "take one of several values",
    );
  if (writer.cardinality === "repeated" && reader.cardinality === "map")
    return misread("keep one of several entries with the same key");
  return undefined;
};

/** A zero that is set is written, and who knows no presence takes it for none. The other way there is none to lose. */
export const misreadPresence: Misreads = (writer, reader) => {
  if (!hasPresence(writer) || isList(reader) || reader.cardinality === "required") return undefined;
  return hasPresence(reader) ? undefined : misread("cannot tell a zero that was set from nothing");
};

/** @param writer `undefined` where it has no such field */
export function misreadRequired(writer: Field | undefined, reader: Field): Misread | undefined {
  if (reader.cardinality !== "required" || writer?.cardinality === "required") return undefined;
  return misread(`refuse a message without "${reader.name}"`);
}

/** What is not written is read as the reader's default. */
export const misreadDefault: Misreads = (writer, reader, way) => {
  if (writer.cardinality === "required" || reader.cardinality === "required") return undefined;
  if (isEntryPart(writer)) return undefined;
  const [from, to] = [defaultOf(writer, way.writer), defaultOf(reader, way.reader)];
  if (from === undefined || to === undefined || sameDefault(from, to)) return undefined;
  return misread(`read ${to.source} where ${from.source} was left unset`);
};

/** @see https://protobuf.dev/editions/features/#utf8_validation */
export const misreadUtf8: Misreads = (writer, reader) => {
  if (writer.type !== "string" || reader.type !== "string") return undefined;
  return writer.features.utf8Validation === "NONE" && reader.features.utf8Validation === "VERIFY"
    ? misread("refuse what is not UTF-8")
    : undefined;
};

/** Of two fields that a writer can set both, a reader with a oneof around them keeps the last. */
export const misreadOneof: Misreads = (writer, reader) => {
  const { parent, oneof } = writer;
  if (reader.oneof === undefined || parent.kind === "file") return undefined;
  const rival = reader.oneof.fields.find(({ number }) => {
    const other = number === reader.number ? undefined : parent.fieldByNumber.get(number);
    return other !== undefined && (oneof === undefined || other.oneof !== oneof);
  });
  return rival && misread(`keep one of "${reader.name}" and "${rival.name}" where both were set`);
};
