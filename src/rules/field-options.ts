import { type Features, type Field, fileOf, jsonNameOf } from "../schema/index.js";
import { messageIn } from "./member-index.js";

/**
 * The options, but those of proto4, that a field sets itself, or needs where it is written: they are what it means
 * beyond type, label and number.
 * @param where the field in whose place it is written
 */
export function fieldOptions(field: Field, where: Field): readonly string[] {
  return [
    ...jsonNameOption(field),
    ...defaultOption(field),
    ...packedOption(field, where),
    ...cppOption(field),
    ...jstypeOption(field),
    ...featureOptions(field, where),
  ];
}

/** Extensions have no JSON name of their own. */
function jsonNameOption({ name, jsonName, extendee }: Field): readonly string[] {
  return extendee !== undefined || jsonName === jsonNameOf(name) ? [] : [`json_name = ${quoted(jsonName)}`];
}

/** Descriptors spell numbers, `inf`, `nan` and names of values as sources do, and escape bytes, but not text. */
function defaultOption({ type, defaultValue: declared }: Field): readonly string[] {
  if (declared === undefined) return [];
  if (type === "string") return [`default = ${quoted(declared)}`];
  return [`default = ${type === "bytes" ? `"${declared}"` : declared}`];
}

/** Of JSON's escapes, protobuf knows all. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Editions have a feature in place of the option. */
function packedOption(field: Field, where: Field): readonly string[] {
  if (fileOf(where).syntax === "editions" || !isPackable(field)) return [];
  const { packed } = field;
  return packed === (where.parent.features.repeatedFieldEncoding === "PACKED") ? [] : [`packed = ${packed}`];
}

function isPackable({ cardinality, type }: Field): boolean {
  return cardinality === "repeated" && !unpackable.has(type);
}

const unpackable: ReadonlySet<Field["type"]> = new Set(["string", "bytes", "message", "group"]);

function cppOption({ cppStringType, features }: Field): readonly string[] {
  return cppStringType === features.cppStringType ? [] : [`ctype = ${cppStringType}`];
}

function jstypeOption({ jstype }: Field): readonly string[] {
  const name = jstypes[jstype];
  return name === undefined ? [] : [`jstype = ${name}`];
}

/** By their number in google.protobuf.FieldOptions.JSType; the first is the default. */
const jstypes: readonly (string | undefined)[] = [undefined, "JS_STRING", "JS_NUMBER"];

/** Only editions can set features; a field sets those in which it is not as what is around it. */
function featureOptions(field: Field, where: Field): readonly string[] {
  if (fileOf(where).syntax !== "editions") return [];
  const own = ownFeatures(field);
  return optionNames.flatMap(([key, name]) =>
    own[key] === undefined || own[key] === where.parent.features[key]
      ? []
      : [`features.${name} = ${own[key]}`],
  );
}

/** Those that a field of its kind may set. */
function ownFeatures(field: Field): Partial<Features> {
  const { cardinality, features, packed, type } = field;
  return {
    ...presenceOf(field),
    ...(isPackable(field) ? { repeatedFieldEncoding: packed ? "PACKED" : "EXPANDED" } : {}),
    ...(holdsText(field)
      ? { utf8Validation: features.utf8Validation, javaUtf8Validation: features.javaUtf8Validation }
      : {}),
    ...(type === "group" ? { messageEncoding: "DELIMITED" } : {}),
    ...(type === "message" && cardinality !== "map" ? { messageEncoding: "LENGTH_PREFIXED" } : {}),
    ...(type === "string" || type === "bytes" ? { cppStringType: features.cppStringType } : {}),
  };
}

function holdsText({ cardinality, parent, type, typeName }: Field): boolean {
  if (cardinality !== "map" || parent.kind === "file") return type === "string";
  return messageIn(parent, typeName ?? "")?.fields.some((part) => part.type === "string") === true;
}

/** What the cardinality asks for: advice may print a field with another than it has. */
function presenceOf({ cardinality, extendee, features, oneof, type }: Field): Partial<Features> {
  if (cardinality === "required") return { fieldPresence: "LEGACY_REQUIRED" };
  if (oneof !== undefined || extendee !== undefined) return {};
  if (cardinality === "implicit") return { fieldPresence: "IMPLICIT" };
  if (cardinality !== "explicit") return {};
  // A message has presence in any case: it may say so, but cannot set that it has none.
  const isScalar = type !== "message" && type !== "group";
  return isScalar || features.fieldPresence === "EXPLICIT" ? { fieldPresence: "EXPLICIT" } : {};
}

const optionNames = [
  ["fieldPresence", "field_presence"],
  ["repeatedFieldEncoding", "repeated_field_encoding"],
  ["utf8Validation", "utf8_validation"],
  ["messageEncoding", "message_encoding"],
  ["cppStringType", "(pb.cpp).string_type"],
  ["javaUtf8Validation", "(pb.java).utf8_validation"],
] as const satisfies readonly (readonly [keyof Features, string])[];
