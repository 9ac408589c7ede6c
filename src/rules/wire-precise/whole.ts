import { missingFrom } from "../../diff/index.js";
import type { Enum, Field, NumberRange, Schema } from "../../schema/index.js";
import { isEntryPart, type Misread, misread, type Way } from "./misread.js";
import { findMistake, isNumber, type NumberType } from "./number.js";

/** What goes wrong between two fields of whole numbers or enums, of the same wire type. */
export function misreadNumber(writer: Field, reader: Field, way: Way): Misread | undefined {
  if (writer.type === reader.type && writer.typeName === reader.typeName) return undefined;
  const [from, to] = [enumOf(writer, way.writer), enumOf(reader, way.reader)];
  const mistake = findMistake(numberType(writer, from), numberType(reader, to));
  if (mistake !== undefined)
    return misread(
      mistake.read === undefined
        ? `put ${mistake.written} away as unknown`
        : `read ${mistake.written} as ${mistake.read}`,
    );
  if (from === undefined || to === undefined || !way.isReaderNewer) return undefined;
  const kept = [...rangesOf(to.values), ...to.reservedRanges];
  return misreadFreed(rangesOf(from.values).flatMap((range) => missingFrom(range, kept)));
}

/** Whether a number that is not found is read as the zero that it always was: closed enums may have no other. */
export function readsZero(writer: Field, reader: Field, { writer: schema }: Way): boolean {
  const isAlwaysSet = writer.cardinality === "required" || isEntryPart(writer);
  const isPlain = reader.cardinality === "implicit" || isEntryPart(reader);
  if (!isAlwaysSet || !isPlain || !isNumber(reader.type)) return false;
  const declared = enumOf(writer, schema);
  return declared?.closed === true && declared.values.every(({ number }) => number === 0);
}

function numberType({ type }: Field, declared: Enum | undefined): NumberType {
  if (type === "bool") return { type, closed: new Set([0, 1]) };
  if (!declared?.closed) return { type };
  return { type, closed: new Set(declared.values.map(({ number }) => number)) };
}

function enumOf({ type, typeName }: Field, schema: Schema): Enum | undefined {
  const found = type === "enum" ? schema.declared.get(typeName ?? "") : undefined;
  return found?.kind === "enum" ? found : undefined;
}

/** Numbers that were somebody's and are free: the first of them will do to show it. */
export function misreadFreed([range]: readonly NumberRange[]): Misread | undefined {
  return (
    range &&
    misread(`meet number ${range.start} again, which is not reserved, once it is used for something else`)
  );
}

export function rangesOf(numbered: readonly { readonly number: number }[]): readonly NumberRange[] {
  return numbered.map(({ number }) => ({ start: number, end: number }));
}
