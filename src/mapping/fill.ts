import type { Enum, Field, FieldType, Message, Schema } from "../schema/index.js";

/**
 * Whether a field can be filled from another one, value by value, without knowing anything else and without losing
 * anything: so that a translator can carry what is written in the one over into the other.
 * @returns why not, in words that follow "because"; `undefined` where it can
 */
export function whyNotFill(to: Field, from: Field, schema: Schema): string | undefined {
  const [many, manyFrom] = [isMany(to), isMany(from)];
  if (manyFrom && !many) return `${from.name} has many values and ${to.name} one`;
  if (to.cardinality === "map" || from.cardinality === "map")
    return to.typeName === from.typeName || sameEntries(to, from, schema)
      ? undefined
      : `a map is filled only from a map of the same types`;
  if (fits(to, from, schema, new Set())) return undefined;
  return `${typeOf(from)} does not turn into ${typeOf(to)} without loss`;
}

function isMany({ cardinality }: Field): boolean {
  return cardinality === "repeated" || cardinality === "map";
}

function sameEntries(to: Field, from: Field, schema: Schema): boolean {
  const [entry, entryFrom] = [messageOf(to, schema), messageOf(from, schema)];
  if (entry?.mapEntry !== true || entryFrom?.mapEntry !== true) return false;
  return entry.fields.every(
    ({ type, typeName }, index) =>
      type === entryFrom.fields[index]?.type && typeName === entryFrom.fields[index]?.typeName,
  );
}

/** @param assumed pairs of messages that are being compared further up: they fit if nothing else is against it */
function fits(to: Field, from: Field, schema: Schema, assumed: Set<string>): boolean {
  if (isMessage(to) && isMessage(from)) {
    const [target, source] = [messageOf(to, schema), messageOf(from, schema)];
    return target !== undefined && source !== undefined && messageFits(target, source, schema, assumed);
  }
  // A message may be in the bytes, and its bytes are bytes.
  if (from.type === "bytes" && to.type === "message") return true;
  if (from.type === "message" && to.type === "bytes") return true;
  if (to.type === "enum" && from.type === "enum") return enumFits(enumOf(to, schema), enumOf(from, schema));
  return to.type === from.type || (widenings[from.type]?.includes(to.type) ?? false);
}

/** Every field of the source has a place of the same number in the target. */
function messageFits(target: Message, source: Message, schema: Schema, assumed: Set<string>): boolean {
  const key = `${target.fullName} ${source.fullName}`;
  if (target === source || assumed.has(key)) return true;
  assumed.add(key);
  return source.fields.every((field) => {
    const place = target.fieldByNumber.get(field.number);
    return place !== undefined && (isMany(place) || !isMany(field)) && fits(place, field, schema, assumed);
  });
}

function enumFits(target: Enum | undefined, source: Enum | undefined): boolean {
  if (target === undefined || source === undefined) return false;
  return (
    !target.closed || source.values.every(({ number }) => target.values.some((to) => to.number === number))
  );
}

function isMessage({ type }: Field): boolean {
  return type === "message" || type === "group";
}

function messageOf({ typeName }: Field, schema: Schema): Message | undefined {
  const found = schema.declared.get(typeName ?? "");
  return found?.kind === "message" ? found : undefined;
}

function enumOf({ typeName }: Field, schema: Schema): Enum | undefined {
  const found = schema.declared.get(typeName ?? "");
  return found?.kind === "enum" ? found : undefined;
}

function typeOf({ type, typeName }: Field): string {
  return typeName ?? type;
}

/** Types that hold every value of another one. */
const widenings: Readonly<Partial<Record<FieldType, readonly FieldType[]>>> = {
  bool: ["int32", "int64", "uint32", "uint64"],
  enum: ["int32", "int64"],
  int32: ["int64", "sint32", "sint64", "sfixed32", "sfixed64", "double"],
  sint32: ["int32", "int64", "sint64", "sfixed32", "sfixed64", "double"],
  sfixed32: ["int32", "int64", "sint32", "sint64", "sfixed64", "double"],
  uint32: ["int64", "uint64", "fixed32", "fixed64", "double"],
  fixed32: ["int64", "uint32", "uint64", "fixed64", "double"],
  int64: ["sint64", "sfixed64"],
  sint64: ["int64", "sfixed64"],
  sfixed64: ["int64", "sint64"],
  uint64: ["fixed64"],
  fixed64: ["uint64"],
  float: ["double"],
  string: ["bytes"],
};
